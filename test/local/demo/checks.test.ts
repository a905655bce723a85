import { expect, test } from 'vitest';
import { checkRun } from '../../../lib/local/demo/checks.ts';
import type { Evidence } from '../../../lib/local/demo/checks.ts';
import { counts, evidence, mail, row, send, withdrawal } from './evidence.ts';

const broken = (change: Partial<Evidence>): readonly string[] =>
  checkRun(evidence(change)).filter(({ held }) => !held).map(({ name }) => name);

test('a run in which everything adds up holds every check', () => {
  expect(broken({})).toEqual([]);
});

test('somebody whom the counters lost is noticed', () => {
  expect(broken({ journeys: [{ ...counts, completed: 0 }] })).toContain('welcome v1: nobody is lost, by the counters');
});

test('counters that agree with each other but not with the rows are noticed', () => {
  expect(broken({ journeys: [{ ...counts, entered: 2, completed: 2 }] })).toEqual(['welcome v1: the rows of the table say the same']);
});

test('a row that another status hides is noticed', () => {
  expect(broken({ rows: { enrolments: [{ ...row, status: 'FAILED' }], sends: [send], withdrawals: [] } }))
    .toEqual(['welcome v1: the rows of the table say the same']);
});

test('the same send mailed twice is noticed', () => {
  expect(broken({ mails: [mail, { ...mail, messageId: 'm-2' }] })).toContain('nobody was mailed twice');
});

test('a mail without a ledger row is noticed', () => {
  expect(broken({ rows: { enrolments: [row], sends: [], withdrawals: [] } })).toEqual(['every mail has a ledger row with the basis it was sent on']);
});

test('a mail whose row names no basis is noticed', () => {
  expect(broken({ rows: { enrolments: [row], sends: [{ ...send, basis: [] }], withdrawals: [] } }))
    .toEqual(['every mail has a ledger row with the basis it was sent on']);
});

test('a refused message that left all the same is noticed', () => {
  expect(broken({ rows: { enrolments: [row], sends: [{ ...send, status: 'REFUSED' }], withdrawals: [] } }))
    .toContain('what was refused did not leave, what is recorded as sent did');
});

test('a send that is recorded and never left is noticed', () => {
  expect(broken({ mails: [] })).toEqual(['what was refused did not leave, what is recorded as sent did']);
});

test('a broken chain of receipts is noticed, with its first wrong place', () => {
  const fault = { kind: 'missing', day: '2026-11-02', position: 2, index: 1 } as const;
  const { receipts } = evidence();
  expect(checkRun(evidence({ receipts: { ...receipts, verdict: { whole: false, count: 2, fault } } })).filter(({ held }) => !held)).toEqual([
    { name: 'the chain of receipts verifies', held: false, figures: 'The chain is broken: receipt 2026-11-02/2 is missing.' },
  ]);
});

test('a message without a receipt is noticed', () => {
  expect(broken({ receipts: { ...evidence().receipts, sends: new Set() } })).toEqual(['every message, sent or refused, has its receipt']);
});

test('a withdrawal whose proof is open is noticed', () => {
  const { completedAt: _completed, secondsTaken: _taken, ...open } = withdrawal;
  expect(broken({ rows: { enrolments: [row], sends: [send], withdrawals: [open] } })).toEqual(['every withdrawal has its proof completed']);
});

test('an enrolment that is overdue is noticed', () => {
  expect(broken({ overdue: 1 })).toEqual(['nothing is overdue']);
});

test('an address in workflow state is noticed, and not repeated', () => {
  const checks = checkRun(evidence({ texts: ['{"to":"b@example.test"}'] }));
  expect(checks.filter(({ held }) => !held)).toEqual([
    { name: 'no name or address in workflow state, history or logs', held: false, figures: '1 values sought in 1 records, 1 found' },
  ]);
});
