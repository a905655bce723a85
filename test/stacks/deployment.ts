import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import defaults from '../../cdk.json' with { type: 'json' };
import type { EventDefinition } from '../../lib/core/event/definition.ts';
import type { Segment } from '../../lib/core/segment/segment.ts';
import { Configuration } from '../../lib/stacks/configuration.ts';
import type { JourneyVersion } from '../../lib/stacks/journeys.ts';
import { buildPlatform } from '../../lib/stacks/platform.ts';
import type { Platform } from '../../lib/stacks/platform.ts';

/** A journey of one send, as the compiler would write it. */
export const welcome = (version: number): JourneyVersion => ({
  version,
  journey: 'welcome',
  plan: { journey: 'welcome', start: 'greet' },
  templates: { greeting: { subject: 'A message for you' } },
  definition: {
    StartAt: 'greet',
    States: { greet: { Type: 'Task', Resource: '${SendMessage}', End: true } },
  },
});

const assemblies = mkdtempSync(join(tmpdir(), 'sendwell-synth-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

/** The app as `bin/app.ts` builds it, without bundles. */
export const deployment = (
  { versions = [welcome(1)], segments = [], events = [], express = [], changes = {} }:
  { versions?: readonly JourneyVersion[]; segments?: readonly Segment[]; events?: readonly EventDefinition[]; express?: readonly string[]; changes?: object } = {},
): { readonly app: App; readonly platform: Platform } => {
  const app = new App({ outdir: mkdtempSync(join(assemblies, 'app-')), context: { ...defaults.context, 'aws:cdk:bundling-stacks': [] } });
  const configuration = Configuration.parse({ ...defaults.context, express, ...changes });
  return { app, platform: buildPlatform(app, configuration, { versions, segments, events }) };
};

export type Statement = {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
};

export type Resources = Readonly<Record<string, Resource>>;

/** Every resource of every stack, by `<stack>/<logical id>`. */
export const resourcesOf = (platform: Platform): Resources =>
  Object.fromEntries(Object.values(platform).flatMap((stack) =>
    Object.entries(Template.fromStack(stack).toJSON()['Resources'] as Resources)
      .map(([id, resource]) => [`${stack.node.id}/${id}`, resource])));

export const ofType = (resources: Resources, type: string): readonly Resource[] =>
  Object.values(resources).filter((resource) => resource.Type === type);

export const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);

/** What each function may do, by the name of its folder. */
export const statementsByFunction = (resources: Resources): ReadonlyMap<string, readonly Statement[]> => {
  const found = new Map<string, readonly Statement[]>();
  for (const [path, { Type, Metadata }] of Object.entries(resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const construct = path.replace(/Function[0-9A-F]{8}$/u, '');
    const policy = Object.entries(resources).find(([other]) => other.replace(/Policy[0-9A-F]{8}$/u, '') === construct);
    const document = policy?.[1].Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] };
    found.set(String(Metadata?.['sendwell:function']), document.Statement);
  }
  return found;
};
