import { describe, expect, it } from 'vitest';
import { base32 } from '../../../lib/core/digest.ts';
import { ContactId } from '../../../lib/core/ids.ts';
import { armOf, groupOf } from '../../../lib/core/journey/assign.ts';
import type { StepOf } from '../../../lib/core/journey/plan.ts';
import { contactId } from '../../fixtures/contact.ts';

const split = (shares: readonly number[], experiment?: string): StepOf<'split'> => ({
  kind: 'split', id: 'which', visits: 1,
  arms: shares.map((share, index) => ({ label: `arm-${index + 1}`, share, next: 'done' })),
  ...(experiment === undefined ? {} : { experiment }),
});

/** Ids as they are made, from a generator that can be told again: xorshift32. */
const randomContacts = (count: number, seed: number): readonly ContactId[] => {
  let state = seed;
  const byte = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  };
  return Array.from({ length: count }, () => ContactId.parse(`c_${base32(Uint8Array.from({ length: 17 }, byte), 26)}`));
};

const tallyOf = (labels: readonly (string | undefined)[]): ReadonlyMap<string | undefined, number> =>
  labels.reduce((tally, label) => tally.set(label, (tally.get(label) ?? 0) + 1), new Map<string | undefined, number>());

/** Pearson's statistic of counts against shares in percent. */
const chiSquare = (counts: readonly number[], shares: readonly number[]): number => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, index) => {
    const expected = total * (shares[index] ?? 0) / 100;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
};

const contacts = randomContacts(20_000, 20_261_125);

describe('the arm of a contact', () => {
  it.each([
    [1, 'arm-2'], [2, 'arm-1'], [3, 'arm-1'], [5, 'arm-2'],
  ])('is the same at any time and on any machine: contact %i goes %s', async (number, label) => {
    expect(await armOf(split([50, 50], 'subject-line'), 'example', contactId(number))).toBe(label);
  });

  // The 99.99th percentile of chi-square with 2 degrees of freedom is 18.42, with 1 it is 15.14.
  it.each([[[50, 30, 20]], [[1, 1, 98]], [[34, 33, 33]]])('falls as the shares say: %j', async (shares) => {
    const tally = tallyOf(await Promise.all(contacts.map((contact) => armOf(split(shares), 'example', contact))));
    expect(chiSquare(shares.map((_, index) => tally.get(`arm-${index + 1}`) ?? 0), shares)).toBeLessThan(18.42);
  });

  it('says nothing of the arm in another experiment', async () => {
    const pairs = await Promise.all(contacts.map(async (contact) =>
      `${await armOf(split([50, 50], 'one'), 'example', contact)} ${await armOf(split([50, 50], 'other'), 'example', contact)}`));
    const counts = [...tallyOf(pairs).values()];
    expect(chiSquare(counts, [25, 25, 25, 25])).toBeLessThan(21.11);
  });

  it('is that of the experiment, whatever the journey and the step', async () => {
    const [contact = contactId(1)] = contacts;
    const here = await armOf(split([50, 50], 'one'), 'example', contact);
    expect(await armOf({ ...split([50, 50], 'one'), id: 'elsewhere' }, 'another', contact)).toBe(here);
  });

  it('of a split without an experiment is its own', async () => {
    const other = { ...split([50, 50]), id: 'other' };
    const pairs = await Promise.all(contacts.slice(0, 100).map(async (contact) =>
      await armOf(split([50, 50]), 'example', contact) === await armOf(other, 'example', contact)));
    expect(new Set(pairs)).toEqual(new Set([true, false]));
  });
});

describe('the group of a contact', () => {
  it('is none in a journey that holds nobody out', async () => {
    expect(await groupOf({}, contactId(1))).toBeUndefined();
  });

  it.each([[1, 'treated'], [4, 'holdout'], [10, 'holdout'], [11, 'treated']])(
    'is the same at any time and on any machine: contact %i is %s', async (number, group) => {
      expect(await groupOf({ holdout: { share: 10, as: 'example' } }, contactId(number))).toBe(group);
    },
  );

  it('is the holdout as often as its share says', async () => {
    const tally = tallyOf(await Promise.all(contacts.map((contact) => groupOf({ holdout: { share: 10, as: 'example' } }, contact))));
    expect(chiSquare([tally.get('holdout') ?? 0, tally.get('treated') ?? 0], [10, 90])).toBeLessThan(15.14);
  });

  it('grows with the share: who is held out at five percent is at ten', async () => {
    const held = (share: number) => Promise.all(contacts.slice(0, 2000).map(async (contact) =>
      (await groupOf({ holdout: { share, as: 'example' } }, contact) === 'holdout' ? [contact] : [])));
    const ten = new Set((await held(10)).flat());
    expect((await held(5)).flat().filter((contact) => !ten.has(contact))).toEqual([]);
  });
});
