import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
};

/** A CloudFormation template and the name its stack gets. */
export type Stack = {
  readonly name: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>;
};

export type Assembly = { readonly region: string; readonly stacks: readonly Stack[] };

type Manifest = {
  readonly artifacts?: Readonly<Record<string, {
    readonly type: string;
    readonly environment?: string;
    readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
  }>>;
};

const suffix = '.template.json';

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const readStack = (folder: string, file: string, name: string): Stack =>
  ({ Resources: {}, Parameters: {}, Conditions: {}, Mappings: {}, Outputs: {}, ...readJson<object>(join(folder, file)), name });

/**
 * Reads the templates that `cdk synth` wrote into a folder. Stack names and the Region come from its manifest; a
 * folder without one may hold templates written by hand, each named after its file.
 */
export const readAssembly = (folder: string): Assembly => {
  const path = join(folder, 'manifest.json');
  const manifest = existsSync(path) ? readJson<Manifest>(path) : {};
  const named = Object.entries(manifest.artifacts ?? {})
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => ({
      name: properties?.stackName ?? id,
      file: properties?.templateFile ?? `${id}${suffix}`,
      region: environment?.split('/').at(-1),
    }));
  const stacks = named.length > 0 ? named : readdirSync(folder)
    .filter((file) => file.endsWith(suffix)).sort()
    .map((file) => ({ name: file.slice(0, -suffix.length), file, region: undefined }));
  const region = stacks.map((stack) => stack.region).find((one) => one !== undefined && one !== 'unknown-region');
  return { region: region ?? 'us-east-1', stacks: stacks.map(({ name, file }) => readStack(folder, file, name)) };
};
