import { expect, test } from 'vitest';
import { newMarks } from '../../../lib/core/engine/engagement.ts';
import type { ContactEvent } from '../../../lib/core/engine/event.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';

const enrolment = 'e_00000000000000000000000001' as const;
const at = '2026-11-02T14:00:00.000Z' as Instant;
const ofMail = { enrolment, step: 'invite', leg: 0, automated: false } as const;

const click = (link: string, change: Partial<Extract<ContactEvent, { type: 'click' }>> = {}): ContactEvent =>
  ({ type: 'click', id: `${link}-${change.at ?? at}`, at, ...ofMail, link, ...change });
const open = (automated = false): ContactEvent => ({ type: 'open', id: 'open', at, ...ofMail, automated });

const marks = (events: readonly ContactEvent[], engaged: readonly string[] = [], now: Instant = at) =>
  newMarks({ enrolment, ...(engaged.length === 0 ? {} : { engaged: new Set(engaged) }) }, events, now);

test('what people and scanners do with a mail is marked apart', () => {
  expect(marks([click('plan'), open(), click('call', { automated: true }), open(true)]))
    .toEqual(['clicked/invite/plan', 'opened/invite', 'scanned/invite/call', 'prefetched/invite']);
});

test('a mark is made once', () => {
  expect(marks([click('plan'), click('plan', { at: addSeconds(at, 60) })])).toEqual(['clicked/invite/plan']);
  expect(marks([click('plan')], ['clicked/invite/plan'])).toEqual([]);
});

test('another run, and what is no click or open, leaves no mark', () => {
  expect(marks([click('plan', { enrolment: 'e_00000000000000000000000002' }), { type: 'api', id: 'x', at, name: 'portal.login' }])).toEqual([]);
});

test('a click on a mail with several links is marked when it shows who made it', () => {
  expect(marks([click('plan', { links: 2 })])).toEqual([]);
  expect(marks([click('plan', { links: 2 })], [], addSeconds(at, 30))).toEqual(['clicked/invite/plan']);
  expect(marks([click('plan', { links: 2 }), click('call', { links: 2, at: addSeconds(at, 1) })], [], addSeconds(at, 31)))
    .toEqual(['scanned/invite/plan', 'scanned/invite/call']);
});
