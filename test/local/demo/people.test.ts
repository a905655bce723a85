import { expect, test } from 'vitest';
import type { Instant } from '../../../lib/core/time.ts';
import { readPeople } from '../../../lib/local/demo/people.ts';

const now = '2026-11-02T14:00:00.000Z' as Instant;
const { contacts, refused } = readPeople(now, 33, 1);

test('the export has 27 patients and the bundles six', () => {
  expect([contacts.filter(({ from }) => from === 'csv').length, contacts.filter(({ from }) => from === 'fhir').length]).toEqual([27, 6]);
});

test('each broken row is refused with a code of its own', () => {
  expect(refused.map(({ from, row, code }) => [from, row, code])).toEqual([
    ['csv', 28, 'source.missing'], ['csv', 29, 'source.repeated'], ['csv', 30, 'birth-date.invalid'], ['csv', 31, 'state.unknown'],
    ['csv', 32, 'death-date.invalid'], ['fhir', 0, 'bundle.without-patient'],
  ]);
});

test('no mail could reach anybody: every address lies in a domain that cannot exist', () => {
  expect(contacts.every(({ contact }) => contact.email?.endsWith('@example.test'))).toBe(true);
});

test('made-up contacts fill up to the number that was asked for', () => {
  expect(readPeople(now, 40, 1).contacts.filter(({ from }) => from === 'made-up').length).toBe(7);
});
