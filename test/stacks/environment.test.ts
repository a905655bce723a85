import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { env } from '../../lib/aws/env.ts';
import { deployment, ofType, resourcesOf } from './deployment.ts';

const functions = ofType(resourcesOf(deployment().platform), 'AWS::Lambda::Function');

/** Readers of `lib/aws` that look up a variable on behalf of an entry. */
const readers = { organisation: /\borganisation\(\)/u } as const;

const asked = (name: string): readonly string[] => {
  const source = readFileSync(join(import.meta.dirname, `../../functions/${name}/index.ts`), 'utf8');
  return Object.entries(env)
    .filter(([key]) => new RegExp(`\\benv\\.${key}\\b`, 'u').test(source) || (key in readers && readers[key as keyof typeof readers].test(source)))
    .map(([, variable]) => variable).sort();
};

const given = functions.map(({ Metadata, Properties }): [string, readonly string[]] => [
  String(Metadata?.['sendwell:function']),
  Object.keys((Properties['Environment'] as { Variables: object } | undefined)?.Variables ?? {}).sort(),
]);

test('every function is given the variables that its entry reads, and no other', () => {
  expect(Object.fromEntries(given)).toEqual(Object.fromEntries(given.map(([name]) => [name, asked(name)])));
});
