import { describe, expect, it } from 'vitest';
import { type Facts, noFacts } from '../../../lib/core/segment/facts.ts';
import { memberships, Segment } from '../../../lib/core/segment/segment.ts';
import { Instant } from '../../../lib/core/time.ts';

const segment = (name: string, where: Segment['where']) => ({ segment: name, where });
const reading = (fields: Readonly<Record<string, unknown>>): Facts =>
  ({ ...noFacts(Instant.parse('2026-11-02T09:00:00.000Z')), read: (field) => fields[field] });

describe('memberships', () => {
  it('are the segments whose condition holds', () => {
    const segments = [
      segment('seniors', { field: 'age', atLeast: 65 }),
      segment('spanish', { field: 'language', equals: 'es' }),
    ];
    expect(memberships(segments, reading({ age: 70, language: 'en' }))).toEqual(['seniors']);
  });

  it('do not come from a segment that only journeys add people to', () => {
    expect(memberships([segment('guests', null)], reading({}))).toEqual([]);
  });

  it('do not come from a value that the record lacks', () => {
    expect(memberships([segment('not-old', { field: 'age', atMost: 64 })], reading({}))).toEqual([]);
  });

  it('come from any of several values of a list', () => {
    const segments = [segment('program', { field: 'conditions', includesAny: ['1', '2'] })];
    expect(memberships(segments, reading({ conditions: ['3', '2'] }))).toEqual(['program']);
  });

  it('do not come from a list without any of the values', () => {
    const segments = [segment('program', { field: 'conditions', includesAny: ['1', '2'] })];
    expect(memberships(segments, reading({ conditions: ['3'] }))).toEqual([]);
  });
});

describe('a segment', () => {
  it('is refused with a condition on a field that records do not have', () => {
    const read = Segment.safeParse({
      segment: 'a', title: 'A', because: 'asked', classes: [], where: { field: 'shoeSize', atLeast: 40 },
    });
    expect(read.error?.issues.map(({ path }) => path)).toEqual([['where', 'field']]);
  });

  it('is refused with a key that nothing reads', () => {
    const read = Segment.safeParse({ segment: 'a', title: 'A', because: 'asked', classes: [], where: null, and: [] });
    expect(read.success).toBe(false);
  });
});
