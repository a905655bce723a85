import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { Contact } from '../../../lib/core/consent/contact.ts';
import { compileGuard } from '../../../lib/core/consent/guard.ts';
import { Message } from '../../../lib/core/consent/message.ts';
import { scene } from './arbitrary-scene.ts';

type Json = Record<string, unknown>;

/** Every object and array inside a value, itself included. */
const parts = (value: unknown): Json[] =>
  typeof value === 'object' && value !== null ? [value as Json, ...Object.values(value).flatMap(parts)] : [];

/** Drops a key, or puts another value in its place, somewhere in a copy. */
const spoilt = (value: unknown, place: number, key: number, other: unknown): unknown => {
  const copy: unknown = structuredClone(value);
  const all = parts(copy);
  const part = all[place % all.length] ?? {};
  const keys = Object.keys(part);
  const name = keys[key % Math.max(keys.length, 1)];
  if (name === undefined) return copy;
  if (other === undefined) delete part[name];
  else part[name] = other;
  return copy;
};

const replacements = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(null, '', 'email', '*', 0, -1, 2, true, [], {}, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom('2026-04-02T16:00:00Z', '2026-04-02', '2026-04-31', 'America/New_York', 'diagnosis'),
  fc.jsonValue(),
);

describe('a compiled guard says what the schema says', () => {
  test.each([
    ['contact', Contact, compileGuard(Contact)],
    ['message', Message, compileGuard(Message)],
  ] as const)('of a %s, good or spoilt', (name, schema, guard) => {
    fc.assert(
      fc.property(scene, fc.nat(), fc.nat(), replacements, (given, place, key, other) => {
        expect(guard(given[name])).toBe(true);
        const value = spoilt(given[name], place, key, other);
        expect(guard(value)).toBe(schema.safeParse(value).success);
      }),
      { numRuns: 5000 },
    );
  });

  test('of anything', () => {
    const guards = [Contact, Message].map((schema) => [schema, compileGuard(schema)] as const);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const [schema, guard] of guards) expect(guard(value)).toBe(schema.safeParse(value).success);
      }),
    );
  });
});

test('a schema that the guard cannot follow does not compile', () => {
  expect(() => compileGuard(z.string().min(1))).toThrow('guard');
  expect(() => compileGuard(z.strictObject({}))).toThrow('guard');
  expect(() => compileGuard(z.number().multipleOf(2))).toThrow('guard');
  expect(() => compileGuard(z.string().transform(Number))).toThrow('guard');
});
