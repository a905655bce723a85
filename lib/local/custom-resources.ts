import { randomUUID } from 'node:crypto';
import { serve } from './engines/http.ts';
import type { StateFile } from './state.ts';
import type { Part } from './template/parts.ts';

type Response = { readonly Status: string; readonly Reason?: string; readonly PhysicalResourceId?: string };

export type CustomResourceOptions = {
  readonly parts: readonly Part<'Custom'>[];
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
  readonly state: StateFile;
};

/** CloudFormation hands every scalar to a custom resource as text. */
const texts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, texts(one)]));
};

/**
 * Does what CloudFormation does with custom resources: Create for a new one, Update for one whose properties changed
 * since an earlier run on the same data, nothing otherwise; one after the other.
 *
 * @throws Error when a function answers FAILED, or ends without an answer.
 */
export const applyCustomResources = async ({ parts, invoke, state }: CustomResourceOptions): Promise<void> => {
  if (parts.length === 0) return;
  const responses = new Map<string, Response>();
  const inbox = await serve(async (asked) => {
    responses.set(asked.url.pathname, JSON.parse(asked.body) as Response);
    return { status: 200, body: '' };
  });
  try {
    for (const { id, properties } of parts) {
      const known = state.get().customResources[id];
      const told = texts(properties);
      if (known?.properties === JSON.stringify(told)) continue;
      const path = `/${randomUUID()}`;
      const [stack = '', logicalId = ''] = id.split('/');
      await invoke(properties.ServiceToken, {
        RequestType: known === undefined ? 'Create' : 'Update',
        ResponseURL: `${inbox.url}${path}`,
        StackId: `arn:aws:cloudformation:local:000000000000:stack/${stack}/local`,
        RequestId: randomUUID(),
        ResourceType: 'Custom::SendwellJourney',
        LogicalResourceId: logicalId,
        ResourceProperties: told,
        ...(known === undefined ? {} : {
          PhysicalResourceId: known.physicalId,
          OldResourceProperties: JSON.parse(known.properties) as unknown,
        }),
      });
      const response = responses.get(path);
      if (response?.Status !== 'SUCCESS') {
        throw new Error(`custom resource ${id}: ${response?.Reason ?? response?.Status ?? 'no answer'}`);
      }
      state.set({
        customResources: {
          ...state.get().customResources,
          [id]: { physicalId: response.PhysicalResourceId ?? id, properties: JSON.stringify(told) },
        },
      });
    }
  } finally {
    await inbox.stop();
  }
};
