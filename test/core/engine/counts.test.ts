import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDeltas, enrolmentDeltas, followUpDeltas, nobodyLost, sendDeltas, withdrawalDeltas } from '../../../lib/core/engine/counts.ts';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import { Status, writeVisit } from '../../../lib/core/engine/enrolment.ts';
import type { SendRecord } from '../../../lib/core/engine/send.ts';
import type { Instant } from '../../../lib/core/time.ts';

const at = '2026-11-02T14:00:00.000Z' as Instant;

const row = (change: Partial<Enrolment> = {}): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: 'checkup', version: 1,
  status: 'RUNNING', step: 'invite', seq: 0, leg: 0, nextLeg: 0, legSeq: -1, resumeStep: 'invite', resumeOutcome: 'none',
  visited: {}, labels: {}, enteredAt: at, ...change,
});

const send = (change: Partial<SendRecord> = {}): SendRecord => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: 'checkup', version: 1,
  step: 'invite', leg: 0, status: 'PENDING', template: 'invitation', templateHash: '', reason: 'PERMIT_TREATMENT', basis: [],
  versionHash: '', purpose: 'care_coordination', messageClass: 'treatment', evidenceHashes: {},
  evidence: [], consentVersion: 1, decidedAt: at, digests: {}, ...change,
});

test('a new enrolment is entered, active, and stands at its first step', () => {
  expect(enrolmentDeltas({ before: undefined, after: row() })).toEqual({ entered: 1, active: 1, 'at/invite': 1 });
});

test('an arrival moves the contact and counts the visit once', () => {
  const before = row();
  const after = row({ step: 'nudge', visited: { nudge: writeVisit({ leg: 0, count: 1, at }) } });
  expect(enrolmentDeltas({ before, after })).toEqual({ 'at/invite': -1, 'at/nudge': 1, 'passed/nudge': 1 });
});

test('parking changes no count', () => {
  expect(enrolmentDeltas({ before: row(), after: row({ status: 'PARKED' }) })).toEqual({});
});

test('an ended enrolment stands nowhere', () => {
  expect(enrolmentDeltas({ before: row(), after: row({ status: 'COMPLETED' }) })).toEqual({ active: -1, completed: 1, 'at/invite': -1 });
});

test('an end is counted once, with where it was and what it came to', () => {
  const after = row({ status: 'EXITED', endedAt: at, ended: 'AUTH_REVOKED' });
  expect(enrolmentDeltas({ before: row(), after })).toEqual({ active: -1, exited: 1, 'at/invite': -1, 'ended/exited/invite/AUTH_REVOKED': 1 });
  expect(enrolmentDeltas({ before: after, after: { ...after, engaged: new Set(['clicked/invite/plan']) } }))
    .toEqual({ clicked: 1, 'clicked/invite': 1, 'clicked/invite/plan': 1 });
});

test('a person counts once for the journey, for each mail and for each link, a scanner apart', () => {
  const marked = (...marks: readonly string[]) => row({ engaged: new Set(marks) });
  expect(enrolmentDeltas({ before: marked('clicked/invite/plan'), after: marked('clicked/invite/plan', 'clicked/invite/call') }))
    .toEqual({ 'clicked/invite/call': 1 });
  expect(enrolmentDeltas({ before: marked('clicked/invite/plan'), after: marked('clicked/invite/plan', 'clicked/remind/plan', 'scanned/remind/plan') }))
    .toEqual({ 'clicked/remind': 1, 'clicked/remind/plan': 1, scanned: 1, 'scanned/remind': 1, 'scanned/remind/plan': 1 });
});

test('a delivery and a bounce are counted for their step', () => {
  expect(sendDeltas({ before: send({ status: 'SENT' }), after: send({ status: 'SENT', deliveredAt: at }) })).toEqual({ delivered: 1, 'delivered/invite': 1 });
  expect(sendDeltas({ before: send({ status: 'SENT' }), after: send({ status: 'SENT', bouncedAt: at }) })).toEqual({ bounced: 1, 'bounced/invite': 1 });
});

test('a confirmed send leaves pending for sent', () => {
  expect(sendDeltas({ before: send(), after: send({ status: 'SENT' }) }))
    .toEqual({ 'send/pending': -1, 'send/pending/invite': -1, 'send/sent': 1, 'send/sent/invite': 1 });
});

test('a refusal is counted by its reason', () => {
  expect(sendDeltas({ before: undefined, after: send({ status: 'REFUSED', reason: 'AUTH_MISSING' }) }))
    .toEqual({ 'send/refused': 1, 'send/refused/invite': 1, 'refused/AUTH_MISSING': 1, 'refused-at/invite/AUTH_MISSING': 1 });
});

test('a deferral is counted by its reason, once for each burst, and its send is permitted only later', () => {
  const putOff = send({ status: 'DEFERRED', reason: 'FREQUENCY_CAP', burst: 0 });
  expect(sendDeltas({ before: undefined, after: putOff })).toEqual({ 'send/deferred': 1, 'send/deferred/invite': 1, 'put-off/FREQUENCY_CAP': 1, 'put-off-at/invite/FREQUENCY_CAP': 1 });
  expect(sendDeltas({ before: putOff, after: { ...putOff, burst: 1 } })).toEqual({ 'put-off/FREQUENCY_CAP': 1, 'put-off-at/invite/FREQUENCY_CAP': 1 });
  expect(sendDeltas({ before: putOff, after: send() })).toMatchObject({ 'send/deferred': -1, 'send/pending': 1, 'permit/PERMIT_TREATMENT': 1 });
});

test('what is permitted is counted by its reason and by each basis, until the mail service rejects it', () => {
  const permitted = send({ status: 'SENT', reason: 'PERMIT_AUTHORIZED', basis: ['HIPAA_AUTHORIZATION', 'CAN_SPAM_OPT_OUT'] });
  expect(sendDeltas({ before: undefined, after: permitted })).toMatchObject({
    'permit/PERMIT_AUTHORIZED': 1, 'basis/HIPAA_AUTHORIZATION': 1, 'basis/CAN_SPAM_OPT_OUT': 1,
  });
  expect(sendDeltas({ before: permitted, after: { ...permitted, status: 'REFUSED', reason: 'MAIL_REJECTED' } })).toMatchObject({
    'permit/PERMIT_AUTHORIZED': -1, 'basis/HIPAA_AUTHORIZATION': -1, 'refused/MAIL_REJECTED': 1,
  });
});

const proof = {
  contact: 'c_00000000000000000000000001' as const, id: 'w_1', receivedAt: at, cause: 'revocation' as const, recordId: 'auth-1', consentVersion: 2,
  ended: [], kept: [],
};

test.each([[0, '0'], [0.03, '0.1'], [7.5, '7.5'], [9.96, '10'], [12.34, '13'], [86_401, '87000']])(
  'a withdrawal that took %d seconds is counted once, under %s', (secondsTaken, name) => {
    const after = { ...proof, completedAt: at, secondsTaken };
    expect(withdrawalDeltas({ before: proof, after })).toEqual({ 'withdrawals/completed': 1, [`withdrawals/seconds/${name}`]: 1 });
    expect([withdrawalDeltas({ before: undefined, after: proof }), withdrawalDeltas({ before: after, after })]).toEqual([{}, {}]);
  });

test('a follow-up task is open until it is closed, and stays counted as opened', () => {
  const task = {
    contact: 'c_00000000000000000000000001' as const, enrolment: 'e_00000000000000000000000001' as const, journey: 'checkup', step: 'invite', leg: 0,
    reason: 'OPTED_OUT_ALL', openedAt: at,
  };
  expect(followUpDeltas({ before: undefined, after: task })).toEqual({ 'follow-ups/opened': 1, 'follow-ups/open': 1 });
  expect(followUpDeltas({ before: task, after: { ...task, closedAt: at } })).toEqual({ 'follow-ups/open': -1 });
});

const history = fc.array(
  fc.record({ status: fc.constantFrom(...Status.options), step: fc.constantFrom('invite', 'nudge', 'done') }),
  { minLength: 1, maxLength: 12 },
);

test('folding any history of writes gives the count of how things stand', () => {
  fc.assert(fc.property(fc.array(history, { maxLength: 20 }), (histories) => {
    const folded = addDeltas(histories.flatMap((writes) => writes.map((write, index) => {
      const earlier = writes[index - 1];
      return enrolmentDeltas({ before: earlier === undefined ? undefined : row(earlier), after: row(write) });
    })));
    const standing = histories.map((writes) => writes.at(-1));
    const active = standing.filter((last) => last?.status === 'RUNNING' || last?.status === 'PARKED');
    expect(folded['entered'] ?? 0).toBe(histories.length);
    expect(folded['active'] ?? 0).toBe(active.length);
    expect(folded['at/nudge'] ?? 0).toBe(active.filter((last) => last?.step === 'nudge').length);
    expect(nobodyLost(folded)).toBe(true);
  }));
});

test('one enrolment that ended nowhere is noticed', () => {
  expect(nobodyLost({ entered: 3, active: 1, completed: 1 })).toBe(false);
});

test('an arm of a split is entered once, however often the contact comes by, and tells how its runs ended', () => {
  const labels = { 'arm/which': 'short', 'other/0': 'senior' };
  expect(enrolmentDeltas({ before: row(), after: row({ labels }) })).toEqual({ 'arm/which/short/entered': 1 });
  expect(enrolmentDeltas({ before: row({ labels }), after: row({ labels, seq: 1 }) })).toEqual({});
  expect(enrolmentDeltas({ before: row({ labels }), after: row({ labels, status: 'COMPLETED', ended: 'booked', endedAt: at }) }))
    .toMatchObject({ 'arm/which/short/ended/booked': 1 });
});

test('a branch of a step called arm is no arm of a split', () => {
  expect(enrolmentDeltas({ before: row(), after: row({ labels: { 'arm/0': 'senior' } }) })).toEqual({});
});

test('the groups of a journey that holds contacts out are told apart, from entry to end', () => {
  expect(enrolmentDeltas({ before: undefined, after: row({ group: 'holdout' }) })).toMatchObject({ entered: 1, 'group/holdout/entered': 1 });
  const [before, after] = [row({ group: 'treated' }), row({ group: 'treated', status: 'COMPLETED', ended: 'booked', endedAt: at })];
  expect(enrolmentDeltas({ before, after })).toMatchObject({ completed: 1, 'group/treated/ended/booked': 1 });
});
