import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { denials, permits } from '../../../lib/core/consent/codes.ts';
import { decide, type Decision } from '../../../lib/core/consent/decide.ts';
import { scene } from './arbitrary-scene.ts';

const runs = { numRuns: 5000 };

/** A decision with its lists in order, so that equal sets are equal. */
const sorted = (made: Decision) => ({
  ...made,
  basis: made.basis.toSorted(),
  evidence: made.evidence.toSorted(),
});

test('the same input gives the same answer, in whatever order the records stand', () => {
  fc.assert(
    fc.property(scene, ({ contact, message, now }) => {
      const made = decide(contact, message, now);
      expect(decide(structuredClone(contact), structuredClone(message), now)).toEqual(made);
      const turned = Object.fromEntries(
        Object.entries(contact).map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value]),
      );
      expect(sorted(decide(turned, message, now))).toEqual(sorted(made));
    }),
    runs,
  );
});

test('the input is left as it was', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const before = JSON.stringify(given);
      decide(given.contact, given.message, given.now);
      expect(JSON.stringify(given)).toBe(before);
    }),
    { numRuns: 1000 },
  );
});

const idsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'id' in value && typeof value.id === 'string' ? [value.id] : [];
  return [...own, ...Object.values(value).flatMap(idsIn)];
};

test('evidence names records of the contact, and a code of the list', () => {
  const known = new Set<string>([...denials, ...permits]);
  fc.assert(
    fc.property(scene, ({ contact, message, now }) => {
      const { evidence, reason } = decide(contact, message, now);
      const ids = idsIn(contact);
      expect(evidence.filter((id) => !ids.includes(id))).toEqual([]);
      expect(new Set(evidence).size).toBe(evidence.length);
      expect(known.has(reason)).toBe(true);
    }),
    runs,
  );
});

describe('whatever is given, an answer comes', () => {
  test('and anything but a contact and a message is denied', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), fc.anything(), (contact, message, now, policy) => {
        const made = decide(contact, message, now as never, policy as never);
        expect([made.decision, made.reason, made.basis, made.evidence]).toEqual(['deny', 'INPUT_INVALID', [], []]);
      }),
      runs,
    );
  });

  test('and a good contact with one value replaced by any JSON is answered', () => {
    fc.assert(
      fc.property(scene, fc.nat(), fc.jsonValue(), (given, place, value) => {
        const keys = Object.keys(given.message);
        const message = { ...given.message, [keys[place % keys.length] ?? '']: value };
        expect(['permit', 'deny']).toContain(decide(given.contact, message, given.now).decision);
      }),
      runs,
    );
  });
});

test('the generated contacts and messages reach nearly every reason', () => {
  const reached = new Set(
    fc
      .sample(scene, { numRuns: 10_000, seed: 7 })
      .map(({ contact, message, now }) => decide(contact, message, now).reason),
  );
  expect(reached.size).toBeGreaterThan(75);
});
