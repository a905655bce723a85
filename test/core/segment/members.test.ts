import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Condition } from '../../../lib/core/segment/condition.ts';
import type { Facts } from '../../../lib/core/segment/facts.ts';
import { noFacts } from '../../../lib/core/segment/facts.ts';
import { inOrder, membersOf, selectingOf } from '../../../lib/core/segment/members.ts';
import type { Selecting } from '../../../lib/core/segment/members.ts';
import { Instant } from '../../../lib/core/time.ts';

const now = Instant.parse('2026-11-02T14:00:00.000Z');
const segment = (name: string, where: Condition): Selecting => ({ segment: name, where });
const reading = (fields: Readonly<Record<string, unknown>>, segments: readonly string[] = []): Facts =>
  ({ ...noFacts(now), read: (field) => fields[field], segments: new Set(segments) });

describe('the segments of a contact', () => {
  it('are those whose condition holds', () => {
    const segments = [segment('seniors', { field: 'age', atLeast: 65 }), segment('spanish', { field: 'language', equals: 'es' })];
    expect(membersOf(segments, reading({ age: 70, language: 'en' })).names).toEqual(['seniors']);
  });

  it('do not come from a value that the record lacks', () => {
    expect(membersOf([segment('not-old', { field: 'age', atMost: 64 })], reading({})).names).toEqual([]);
  });

  it('come from any of several values of a list', () => {
    const segments = [segment('program', { field: 'conditions', includesAny: ['1', '2'] })];
    expect(membersOf(segments, reading({ conditions: ['3', '2'] })).names).toEqual(['program']);
  });

  it('may read other segments, in whatever order they are defined', () => {
    const segments = [
      segment('both', { all: [{ segment: 'guests' }, { segment: 'seniors' }] }), segment('seniors', { field: 'age', atLeast: 65 }),
    ];
    expect(membersOf(segments, reading({ age: 70 }, ['guests'])).names).toEqual(['both', 'seniors']);
    expect(membersOf(segments, reading({ age: 70 })).names).toEqual(['seniors']);
  });

  it('do not follow from having been in them', () => {
    expect(membersOf([segment('seniors', { field: 'age', atLeast: 65 })], reading({ age: 30 }, ['seniors'])).all).toEqual(new Set());
  });

  it('keep those that are kept by hand', () => {
    expect(membersOf([segment('seniors', { field: 'age', atLeast: 65 })], reading({ age: 30 }, ['guests'])).all).toEqual(new Set(['guests']));
  });

  it('tell when time alone may change them, the earliest first', () => {
    const segments = [segment('soon', { field: 'planEndsOn', inNext: '7 days' }), segment('sooner', { field: 'planEndsOn', inNext: '9 days' })];
    expect(membersOf(segments, { ...reading({ planEndsOn: '2026-11-20' }), zone: 'UTC' }).until).toBe('2026-11-11T00:00:00.000Z');
  });
});

test('a segment that was taken out of the app selects nobody', () => {
  const where: Condition = { field: 'age', atLeast: 65 };
  expect(selectingOf([{ segment: 'gone', where, retired: true }, { segment: 'here', where }, { segment: 'by-hand', where: null }]))
    .toEqual([{ segment: 'here', where }]);
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
/** Segments that read those of earlier letters alone, in any order of definition. */
const arbitrary = fc.tuple(...names.map((name, index) =>
  fc.subarray(names.slice(0, index)).map((reads) => segment(name, reads.length === 0 ? { field: 'age', exists: true } : { any: reads.map((read) => ({ segment: read })) })),
)).chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

test('each segment is judged after all that it reads', () => {
  fc.assert(fc.property(arbitrary, (segments) => {
    const order = inOrder(segments).map((one) => one.segment);
    expect([...order].sort()).toEqual([...names]);
    expect(membersOf(segments, reading({ age: 1 })).names).toEqual([...names]);
  }));
});

test('the segments of a contact do not depend on the order in which they are defined', () => {
  fc.assert(fc.property(arbitrary, fc.boolean(), (segments, has) => {
    const facts = reading(has ? { age: 1 } : {});
    expect(membersOf(segments, facts)).toEqual(membersOf(segments.toReversed(), facts));
  }));
});
