import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedNames } from '../../../lib/core/engine/change.ts';
import type { ContactRecord } from '../../../lib/core/contact/record.ts';
import { someRecord } from '../../fixtures/contact.ts';

const withFields = (fields: ContactRecord['fields']): ContactRecord => ({ ...someRecord, fields: { ...someRecord.fields, ...fields } });
const withStanding = (standing: Partial<ContactRecord['standing']>): ContactRecord =>
  ({ ...someRecord, standing: { ...someRecord.standing, ...standing } });

test('a record that stays as it is changes nothing', () => {
  expect(changedNames(someRecord, structuredClone(someRecord))).toEqual([]);
});

test('a field with another value is named, and no other', () => {
  expect(changedNames(someRecord, withFields({ language: 'es' }))).toEqual(['language']);
});

test('another zone changes the age, what zones time, and the standing', () => {
  expect(changedNames(someRecord, withStanding({ time_zone: 'America/Denver' }))).toEqual(['age', 'zone', 'standing']);
});

test('a mail address alone changes nothing that a condition reads', () => {
  expect(changedNames(someRecord, { ...someRecord, destinations: { 'em-1': 'other@example.test' } })).toEqual([]);
});

test('a new contact changes every field that it has', () => {
  expect(changedNames(undefined, someRecord)).toEqual(
    ['firstName', 'lastName', 'birthDate', 'language', 'conditions', 'age', 'zone', 'standing'],
  );
});

test('a change is named whichever way round it is made', () => {
  fc.assert(fc.property(fc.option(fc.string({ minLength: 1 }), { nil: undefined }), fc.array(fc.string()), (gender, conditions) => {
    const changed = withFields({ gender, conditions });
    expect(changedNames(someRecord, changed)).toEqual(changedNames(changed, someRecord));
  }));
});
