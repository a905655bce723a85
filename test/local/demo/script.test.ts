import { expect, test } from 'vitest';
import { castOf } from '../../../lib/local/demo/cast.ts';
import { createRandom } from '../../../lib/core/random.ts';
import { deedsOn, signings } from '../../../lib/local/demo/script.ts';

const people = Array.from({ length: 20 }, (_, at) =>
  ({ source: `synthea/${at}`, segments: at < 5 ? ['re-enrolment-due', 'people-with-diabetes'] : ['re-enrolment-due'] }));

test('the same seed and name give the same numbers', () => {
  const draw = () => Array.from({ length: 5 }, createRandom(7, 'anna').next);
  expect(draw()).toEqual(draw());
});

test('another name gives other numbers', () => {
  expect(createRandom(7, 'anna').next()).not.toBe(createRandom(7, 'berta').next());
});

test('each role has one player', () => {
  expect([...castOf(people, 1).values()].sort())
    .toEqual(['authorizes', 'bounces', 'joins', 'portal', 'revokes', 'scanned', 'unsubscribes']);
});

test('only members of the program sign its authorization', () => {
  const signers = [...castOf(people, 1)].filter(([, role]) => ['authorizes', 'joins', 'revokes'].includes(role));
  expect(signers.map(([source]) => Number(source.slice('synthea/'.length)) < 5)).toEqual([true, true, true]);
});

test('another seed casts the roles anew', () => {
  expect([...castOf(people, 1)]).not.toEqual([...castOf(people, 2)]);
});

test('the authorization is taken back in the middle of the wait that follows the second mail', () => {
  expect(deedsOn({ source: 'synthea/1', step: 'second-mail' }, 'revokes', 1)).toEqual([{ kind: 'revoke', afterSeconds: 277_200 }]);
});

test('whoever takes the authorization back signs it on its page before the second mail is due', () => {
  expect(signings('revokes')).toEqual([{ form: 'partner-programs', afterSeconds: 187_200 }]);
});

test('nobody else signs on a page', () => {
  expect([signings(undefined), signings('authorizes'), signings('joins')]).toEqual([[], [], []]);
});

test('whoever has no role clicks a minute or hours after the mail, or never', () => {
  const deeds = people.flatMap(({ source }) => deedsOn({ source, step: 'invite' }, undefined, 1));
  expect(deeds.every(({ kind, afterSeconds }) => kind === 'click' && afterSeconds >= 240 && afterSeconds <= 108_000)).toBe(true);
});

test('some click, and some do not', () => {
  const deeds = people.flatMap(({ source }) => deedsOn({ source, step: 'invite' }, undefined, 1));
  expect(deeds.length > 0 && deeds.length < people.length).toBe(true);
});

test('a mail of the program moves nobody who was given no part in it', () => {
  expect(deedsOn({ source: 'synthea/1', step: 'offer' }, undefined, 1)).toEqual([]);
});
