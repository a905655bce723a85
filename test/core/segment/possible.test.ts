import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from '../../../lib/core/segment/evaluate.ts';
import { possibleWithout } from '../../../lib/core/segment/possible.ts';
import { conditions, contacts, instants } from './arbitrary.ts';

it('whatever a condition comes to for somebody without an attribute was told beforehand', () => {
  fc.assert(fc.property(conditions, contacts, instants, (condition, contact, now) => {
    const facts = contact(now);
    const without = { ...facts, attributes: (name: string) => (name === 'on' ? undefined : facts.attributes(name)) };
    expect(possibleWithout(condition, (name) => name === 'on')).toContain(evaluate(condition, without).result);
  }), { numRuns: 2000 });
});

it.each([
  [{ attribute: 'on', exists: true }, ['no']],
  [{ attribute: 'on', exists: false }, ['yes']],
  [{ attribute: 'on', inNext: '3 days' }, ['missing']],
  [{ all: [{ segment: 'members' }, { attribute: 'on', exists: true }] }, ['no']],
  [{ not: { any: [{ attribute: 'on', exists: false }, { segment: 'members' }] } }, ['no']],
  [{ attribute: 'amount', exists: true }, ['yes', 'no', 'missing']],
] as const)('of somebody without `on`, %j may come to %j', (condition, results) => {
  expect(possibleWithout(condition, (name) => name === 'on')).toEqual(results);
});
