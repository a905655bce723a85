import * as z from 'zod';
import { sha256 } from '../../lib/core/digest.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import type { PublishedVersion } from '../../lib/core/ports.ts';
import { Template } from '../../lib/core/template/template.ts';

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

/** Properties of the deployment's `Custom::SendwellJourney` resource; CloudFormation makes strings of numbers. */
export const PublishRequest = z.object({
  journey: z.string(),
  version: z.coerce.number().int().min(1),
  plan: json.pipe(Plan),
  templates: json.pipe(z.record(z.string(), Template)),
});
export type PublishRequest = z.infer<typeof PublishRequest>;

export type PublishPorts = {
  readonly versions: { readonly publish: (version: PublishedVersion & { journey: string; version: number }) => Promise<void> };
};

/** Keeps a version of a journey with the hashes that receipts name. Throws `journey.changed` for another one under its number. */
export const publishJourney = (ports: PublishPorts) => async ({ journey, version, plan, templates }: PublishRequest): Promise<{ hash: string }> => {
  const templateHashes = Object.fromEntries(await Promise.all(
    Object.entries(templates).map(async ([name, template]) => [name, await sha256(JSON.stringify(template))] as const),
  ));
  const hash = await sha256(JSON.stringify([plan, templates]));
  await ports.versions.publish({ journey, version, plan, templates, hash, templateHashes });
  return { hash };
};
