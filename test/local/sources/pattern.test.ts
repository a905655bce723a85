import { expect, test } from 'vitest';
import { matchesPattern } from '../../../lib/local/sources/pattern.ts';

const event = { eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: 'c_1' }, sk: { S: 'e_1' } } } };

test('a prefix decides on the beginning of a value', () => {
  const starting = (prefix: string) => ({ dynamodb: { Keys: { sk: { S: [{ prefix }] } } } });
  expect([matchesPattern(starting('e_'), event), matchesPattern(starting('event#'), event)]).toStrictEqual([true, false]);
});

test('all fields of a pattern must fit', () => {
  const both = { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'e_' }] } } } };
  expect(matchesPattern(both, event)).toBe(false);
});

test('one value of a list is enough', () => {
  expect(matchesPattern({ eventName: ['INSERT', 'MODIFY'] }, event)).toBe(true);
});

test('a field that must not exist may be missing all the way down', () => {
  expect(matchesPattern({ dynamodb: { OldImage: { status: { S: [{ exists: false }] } } } }, event)).toBe(true);
});

test('anything but a value fits every other', () => {
  expect(matchesPattern({ eventName: [{ 'anything-but': ['REMOVE'] }] }, event)).toBe(true);
});

test('a rule that is not understood is an error rather than a match', () => {
  expect(() => matchesPattern({ eventName: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow('cidr');
});
