import { expect, test } from 'vitest';
import { addParams } from '../../lib/aws/counts.ts';

const rowsOf = (journey: string, version: number, deltas: Readonly<Record<string, number>>) =>
  addParams('table', { journey, version, deltas }).map(({ Key, ExpressionAttributeNames }) => [Key.sk, Object.values(ExpressionAttributeNames)]);

test('figures of runs and of sends stand in rows of their own', () => {
  expect(rowsOf('checkup', 1, { entered: 1, 'send/sent': 1 })).toEqual([['counts', ['entered']], ['counts#sends', ['send/sent']]]);
});

test('a batch of one of both touches one row', () => {
  expect(rowsOf('checkup', 1, { 'clicked/invite': 1, 'ended/completed/done/thanked': 1 })).toHaveLength(1);
  expect(rowsOf('checkup', 1, { 'refused-at/invite/AUTH_MISSING': 1, 'delivered/invite': 1 })).toHaveLength(1);
});

test('figures of no version have one row', () => {
  expect(rowsOf('all', 0, { 'follow-ups/open': 1 })).toEqual([['counts', ['follow-ups/open']]]);
  expect(rowsOf('stream/commercial', 202_611, { 'deliveredAt/02': 1 })).toEqual([['counts', ['deliveredAt/02']]]);
});
