import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How the stacks bundle a function. */
export type Bundling = {
  readonly format: 'cjs';
  readonly target: string;
  readonly minify: boolean;
  readonly mainFields: readonly string[];
  readonly external: readonly string[];
  readonly banner: string;
};

/** Exports of the SDK by client package, `@aws-sdk/client-kms` → `KMSClient`, `DecryptCommand`. */
export type SdkUse = Readonly<Record<string, readonly string[]>>;

export type Bundle = {
  readonly file: string;
  readonly bytes: number;
  readonly sdk: SdkUse;
  /** Bytes in the bundle by package, the largest first; `sendwell` is our own code. */
  readonly packages: readonly { readonly name: string; readonly bytes: number }[];
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

type Inputs = Metafile['outputs'][string]['inputs'];

const packageOf = (path: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? 'sendwell';

/** Which clients of the SDK are in a bundle, and which of their commands. */
export const sdkUseOf = (inputs: Inputs): SdkUse => {
  const use: Record<string, string[]> = {};
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const [, client, name] = /@aws-sdk\/(client-[a-z0-9-]+)\/dist-es\/(?:commands\/)?(\w+(?:Client|Command))\.js$/u.exec(path) ?? [];
    if (client !== undefined && name !== undefined && bytesInOutput > 0) (use[`@aws-sdk/${client}`] ??= []).push(name);
  }
  return Object.fromEntries(Object.entries(use).sort().map(([client, names]) => [client, names.toSorted()]));
};

export const packagesOf = (inputs: Inputs): Bundle['packages'] => {
  const bytes: Record<string, number> = {};
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) bytes[packageOf(path)] = (bytes[packageOf(path)] ?? 0) + bytesInOutput;
  return Object.entries(bytes).map(([name, size]) => ({ name, bytes: size })).sort((one, other) => other.bytes - one.bytes);
};

/** The source of a handler that does nothing but hold the same clients, made as a function makes them. */
export const bareSource = (sdk: SdkUse): string => {
  const names = Object.values(sdk).flat();
  return [
    ...Object.entries(sdk).map(([client, used]) => `import { ${used.join(', ')} } from '${client}';`),
    `const held = [${names.map((name) => (name.endsWith('Client') ? `new ${name}({})` : name)).join(', ')}];`,
    'export const handler = async () => held.length;',
    '',
  ].join('\n');
};

const bundle = async (entry: string, outfile: string, { mainFields, external, banner, ...bundling }: Bundling): Promise<Bundle> => {
  const { metafile } = await build({
    ...bundling, mainFields: [...mainFields], external: [...external], banner: { js: banner }, entryPoints: [entry], outfile, bundle: true, platform: 'node', metafile: true,
    absWorkingDir: root, logLevel: 'silent',
  });
  const output = Object.values(metafile.outputs)[0];
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return { file: outfile, bytes: output.bytes, sdk: sdkUseOf(output.inputs), packages: packagesOf(output.inputs) };
};

export type Bundles = { readonly name: string; readonly handler: Bundle; readonly bare: Bundle };

/** The functions of this project, by folder. */
export const functionNames = (): readonly string[] =>
  readdirSync(join(root, 'functions')).filter((name) => existsSync(join(root, 'functions', name, 'index.ts'))).sort();

/** Bundles a function as the stacks do, and a bare handler with the same clients beside it. */
export const bundleFunction = async (name: string, folder: string, bundling: Bundling): Promise<Bundles> => {
  const handler = await bundle(join(root, 'functions', name, 'index.ts'), join(folder, `${name}.cjs`), bundling);
  // The entry stands among the modules of this project, where its imports lead to the same packages.
  const source = bareSource(handler.sdk);
  const entry = join(folder, `${name}.bare-entry.mjs`);
  writeFileSync(entry, source);
  const bare = await bundle(relative(root, entry), join(folder, `${name}.bare.cjs`), bundling);
  return { name, handler, bare };
};
