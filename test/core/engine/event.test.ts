import { expect, test } from 'vitest';
import type { Enrolment, Waiter } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import type { ContactEvent } from '../../../lib/core/engine/event.ts';
import { answeredBy } from '../../../lib/core/engine/event.ts';
import type { Instant } from '../../../lib/core/time.ts';

const id = 'e_00000000000000000000000001';
const sentAt = '2026-11-02T14:00:00.000Z' as Instant;
const legAt = '2026-11-03T09:00:00.000Z' as Instant;

const click: Waiter = { type: 'click', link: 'webinar', of: 'invite', label: 'webinar', next: 'thanks' };
const login: Waiter = { type: 'api', name: 'portal.login', label: 'portal', next: 'done' };

const parked = (waiters: readonly Waiter[]): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: id, journey: 'checkup', version: 1, status: 'PARKED', step: 'answer',
  seq: 1, leg: 1, nextLeg: 2, legSeq: 1, resumeStep: 'nudge', resumeOutcome: 'timeout', waiters: [...waiters], labels: {},
  visited: { invite: writeVisit({ leg: 0, count: 1, at: sentAt }), answer: writeVisit({ leg: 1, count: 1, at: legAt }) },
  enteredAt: sentAt,
});

const clicked = (change: Partial<Extract<ContactEvent, { type: 'click' }>> = {}): ContactEvent => ({
  type: 'click', id: 'k1', at: '2026-11-02T15:00:00.000Z' as Instant, enrolment: id, step: 'invite', link: 'webinar',
  automated: false, ...change,
});

test('a click between the send and the wait counts', () => {
  expect(answeredBy(parked([click]), [clicked()])?.label).toBe('webinar');
});

test('a click before the send does not count', () => {
  expect(answeredBy(parked([click]), [clicked({ at: '2026-11-02T13:59:59.999Z' as Instant })])).toBeUndefined();
});

test('an automated click never answers a wait', () => {
  expect(answeredBy(parked([click]), [clicked({ automated: true })])).toBeUndefined();
});

test('a click in another enrolment of the same contact does not count', () => {
  expect(answeredBy(parked([click]), [clicked({ enrolment: 'e_00000000000000000000000002' })])).toBeUndefined();
});

test('a click on another link does not count', () => {
  expect(answeredBy(parked([click]), [clicked({ link: 'portal' })])).toBeUndefined();
});

test('an API event before the contact set out on this leg does not count', () => {
  const early: ContactEvent = { type: 'api', id: 'p1', at: '2026-11-03T08:59:59.999Z' as Instant, name: 'portal.login' };
  expect(answeredBy(parked([login]), [early])).toBeUndefined();
});

test('the first waiter in the order of the author wins over the earlier event', () => {
  const later: ContactEvent = { type: 'api', id: 'p1', at: '2026-11-04T09:00:00.000Z' as Instant, name: 'portal.login' };
  expect(answeredBy(parked([login, click]), [clicked(), later])?.label).toBe('portal');
});
