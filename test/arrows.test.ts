import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

/** Which room may import which: a prefix of files, or a package. Every room may import itself. */
const table: readonly { readonly room: RegExp; readonly may: readonly RegExp[] }[] = [
  { room: /^lib\/core\//u, may: [/^zod$/u, /^temporal-polyfill$/u, /^liquidjs$/u] },
  { room: /^statemachines\/(?:files|build|places|locate)\.ts$/u, may: [/^lib\/core\//u, /^statemachines\//u, /^yaml$/u, /^zod$/u, /^node:/u] },
  {
    room: /^statemachines\/templates\//u,
    may: [/^lib\/core\//u, /^statemachines\//u, /^html-to-text$/u, /^htmlparser2$/u, /^mrml$/u, /^yaml$/u, /^zod$/u, /^node:/u],
  },
  { room: /^statemachines\//u, may: [/^lib\/core\//u, /^zod$/u] },
  { room: /^functions\/middleware\.ts$/u, may: [/^lib\/core\//u, /^@middy\/core$/u, /^aws-lambda$/u, /^zod$/u] },
  { room: /^functions\/[^/]+\/handler\.ts$/u, may: [/^lib\/core\//u, /^statemachines\//u, /^functions\/middleware\.ts$/u, /^zod$/u] },
  {
    room: /^functions\/[^/]+\/index\.ts$/u,
    may: [/^lib\/aws\//u, /^lib\/core\//u, /^functions\/middleware\.ts$/u, /^@middy\/core$/u, /^aws-lambda$/u, /^@aws-sdk\//u, /^zod$/u, /^node:crypto$/u],
  },
  { room: /^lib\/aws\//u, may: [/^lib\/core\//u, /^@aws-sdk\//u, /^zod$/u, /^node:(?:crypto|zlib)$/u] },
  {
    room: /^lib\/local\//u,
    may: [/^lib\/core\//u, /^lib\/aws\//u, /^statemachines\//u, /^functions\/[^/]+\/handler\.ts$/u, /^@aws-sdk\//u, /^aws-local-stepfunctions$/u, /^fauxqs$/u, /^csv-parse\/sync$/u, /^yaml$/u, /^zod$/u, /^esbuild$/u, /^fastify$/u, /^node:/u],
  },
  { room: /^lib\/stacks\//u, may: [/^aws-cdk-lib/u, /^constructs$/u, /^cdk-nag$/u, /^lib\/aws\/(?:env|tables)\.ts$/u, /^lib\/core\//u, /^statemachines\//u, /^zod$/u, /^node:/u] },
  { room: /^bin\//u, may: [/^zod$/u, /^lib\/aws\/sign\.ts$/u, /^lib\/stacks\//u, /^lib\/local\//u, /^lib\/core\//u, /^statemachines\//u, /^aws-cdk-lib$/u, /^cdk-nag$/u, /^cdk\.json$/u, /^node:/u] },
];

const roots = ['bin', 'lib', 'functions', 'statemachines'];
const base = join(import.meta.dirname, '..');
const files = roots.flatMap((root) => readdirSync(join(base, root), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(root, name).split(sep).join('/')));

const importsOf = (file: string): readonly string[] => {
  const source = readFileSync(join(base, file), 'utf8');
  return [...source.matchAll(/(?:^|\n)(?:import|export)[^;'"]*?from\s+'([^']+)'/gu)].map(([, name = '']) =>
    (name.startsWith('.') ? normalize(join(dirname(file), name)).split(sep).join('/') : name));
};

const roomOf = (file: string) => table.find(({ room }) => room.test(file));

/** The folder that counts as one room: a function's own folder, otherwise the row of the table. */
const sameRoom = (from: string, to: string): boolean =>
  from.startsWith('functions/') ? dirname(from) === dirname(to) : roomOf(from) !== undefined && roomOf(from) === roomOf(to);

const strays = files.flatMap((file) => importsOf(file)
  .filter((target) => !sameRoom(file, target) && !(roomOf(file)?.may ?? []).some((allowed) => allowed.test(target)))
  .map((target) => `${file} → ${target}`));

test('every import follows an arrow of the table', () => {
  expect(strays).toEqual([]);
});

test('every file stands in a room', () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('the core imports no built-in of Node', () => {
  const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  const found = files.filter((file) => file.startsWith('lib/core/'))
    .filter((file) => importsOf(file).some((name) => builtins.has(name)));
  expect(found).toEqual([]);
});

// Every other form puts the whole library, its texts in all languages included, into each function's bundle.
test('zod is imported as a namespace', () => {
  const named = files.filter((file) => /from 'zod'/u.test(readFileSync(join(base, file), 'utf8')))
    .filter((file) => !/import (?:type )?\* as z from 'zod'/u.test(readFileSync(join(base, file), 'utf8')));
  expect(named).toEqual([]);
});

test('no file re-exports another', () => {
  const barrels = files.filter((file) => /(?:^|\n)export\s+(?:\*|\{[^}]*\})\s+from/u.test(readFileSync(join(base, file), 'utf8')));
  expect(barrels.map((file) => relative(base, join(base, file)))).toEqual([]);
});

// Messages are compiled when the app is built; what patients get was seen before it was deployed.
test('no function reaches what compiles MJML', () => {
  const reached = new Set<string>(files.filter((file) => /^functions\/[^/]+\/index\.ts$/u.test(file)));
  for (const file of reached) if (file.endsWith('.ts')) for (const target of importsOf(file)) reached.add(target);
  expect([...reached].filter((name) => /^(?:mrml|html-to-text|htmlparser2|yaml)$/u.test(name))).toEqual([]);
  expect(reached.has('lib/core/template/render.ts')).toBe(true);
});
