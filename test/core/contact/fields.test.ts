import { expect, test } from 'vitest';
import { ageChangesAt, ageOn, fieldReader, isField } from '../../../lib/core/contact/fields.ts';
import { Instant } from '../../../lib/core/time.ts';
import { someRecord } from '../../fixtures/contact.ts';

const at = (text: string) => Instant.parse(text);

test('a person turns a year older at midnight of their own zone', () => {
  expect(ageOn('2000-03-10', 'America/New_York', at('2026-03-10T03:59:59.999Z'))).toBe(25);
  expect(ageOn('2000-03-10', 'America/New_York', at('2026-03-10T05:00:00.000Z'))).toBe(26);
});

test('midnight follows summer time', () => {
  expect(ageOn('2000-07-10', 'America/New_York', at('2026-07-10T03:59:59.999Z'))).toBe(25);
  expect(ageOn('2000-07-10', 'America/New_York', at('2026-07-10T04:00:00.000Z'))).toBe(26);
});

test('a person without a zone is taken for the younger', () => {
  expect(ageOn('2000-03-10', null, at('2026-03-10T09:59:59.999Z'))).toBe(25);
  expect(ageOn('2000-03-10', null, at('2026-03-10T10:00:00.000Z'))).toBe(26);
});

test('a person born on 29 February is a year older on 1 March', () => {
  expect(ageOn('2004-02-29', 'UTC', at('2022-02-28T12:00:00.000Z'))).toBe(17);
  expect(ageOn('2004-02-29', 'UTC', at('2022-03-01T00:00:00.000Z'))).toBe(18);
});

test('nobody has an age before birth', () => {
  expect(ageOn('2030-01-01', 'UTC', at('2026-01-01T00:00:00.000Z'))).toBeUndefined();
});

test.each([
  ['2000-03-10', 'America/New_York', '2026-01-01T00:00:00.000Z', '2026-03-10T04:00:00.000Z'],
  ['2000-03-10', 'America/New_York', '2026-03-10T04:00:00.000Z', '2027-03-10T05:00:00.000Z'],
  ['2000-03-10', null, '2026-03-10T09:59:59.999Z', '2026-03-10T10:00:00.000Z'],
  ['2004-02-29', 'UTC', '2022-02-28T12:00:00.000Z', '2022-03-01T00:00:00.000Z'],
  ['2004-02-29', 'UTC', '2023-03-01T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ['2030-06-01', 'UTC', '2026-01-01T00:00:00.000Z', '2030-06-01T00:00:00.000Z'],
])('the age of a person born on %s, in zone %s, changes after %s at %s', (birthDate, zone, now, next) => {
  expect(ageChangesAt(birthDate, zone, at(now))).toBe(next);
});

const now = at('2026-11-02T09:00:00.000Z');

test('a reader gives stored and derived fields', () => {
  const read = fieldReader(someRecord, now);
  expect([read('firstName'), read('conditions'), read('age')]).toEqual(['Ada', ['44054006'], 46]);
});

test('a missing, an empty and an unknown field read as undefined', () => {
  const read = fieldReader({ ...someRecord, fields: { language: '' } }, now);
  expect([read('firstName'), read('language'), read('constructor'), read('__proto__')])
    .toEqual([undefined, undefined, undefined, undefined]);
});

test('the names of the record’s fields are known, and no other', () => {
  expect(['firstName', 'age', 'toString', 'ssn'].map(isField)).toEqual([true, true, false, false]);
});
