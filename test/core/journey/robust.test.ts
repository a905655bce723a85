import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Plan } from '../../../lib/core/journey/plan.ts';
import { readJourney } from '../../../lib/core/journey/read.ts';
import { checkDefinition } from '../../../statemachines/check/definition.ts';
import { compileJourney } from '../../../statemachines/compile/journey.ts';
import { context } from './cases.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const kept = parse(
  readFileSync(new URL('../../fixtures/journeys/every-kind/journey.yaml', import.meta.url), 'utf8'),
) as Json;

const pathsIn = (value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...inner.flatMap(([key, one]) => pathsIn(one, [...path, key]))];
};

/** The value with what stands at a path changed, or taken away for undefined. */
const changed = (value: Json, path: readonly (string | number)[], to: Json | undefined): Json | undefined => {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => (index === key ? changed(one, rest, to) ?? [] : [one]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, one]) => {
    const inner = name === key ? changed(one, rest, to) : one;
    return inner === undefined ? [] : [[name, inner]];
  }));
};

const paths = pathsIn(kept);

/** Values that stand elsewhere in the document, where they may mean something, and any others. */
const replacements = fc.oneof(
  fc.constantFrom(undefined, ...paths.map((path) => path.reduce<Json>((value, key) =>
    (value as Record<string | number, Json>)[key] ?? null, kept))),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

const mutants = fc.array(fc.tuple(fc.constantFrom(...paths), replacements), { minLength: 1, maxLength: 3 })
  .map((changes) => changes.reduce<Json | undefined>(
    (document, [path, to]) => (document === undefined ? undefined : changed(document, path, to)), kept,
  ));

/** What is wrong with what reading gives: no findings and no plan, or a plan that breaks a rule. */
const faultsOf = (value: unknown): readonly unknown[] => {
  const read = readJourney(value, context);
  if ('findings' in read) return read.findings.length > 0 ? [] : ['neither a plan nor findings'];
  return [...(Plan.safeParse(read.plan).error?.issues ?? []), ...checkDefinition(compileJourney(read.plan, 1))];
};

describe('whatever is read as a journey', () => {
  it('gives findings, or a plan whose machine passes the checks: a kept journey with changes', () => {
    fc.assert(fc.property(mutants, (value) => {
      expect(faultsOf(value)).toEqual([]);
    }), { numRuns: 500 });
  });

  it('gives findings, or a plan whose machine passes the checks: any value', () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      expect(faultsOf(value)).toEqual([]);
    }));
  });
});
