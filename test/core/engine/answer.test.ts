import { describe, expect, test } from 'vitest';
import type { Knowing } from '../../../lib/core/engine/answer.ts';
import { answeredBy, readSince } from '../../../lib/core/engine/answer.ts';
import type { Enrolment, Waiter } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import type { ContactEvent, EventOf } from '../../../lib/core/engine/event.ts';
import type { EventFilter } from '../../../lib/core/event/filter.ts';
import { SegmentId } from '../../../lib/core/ids.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import type { Instant } from '../../../lib/core/time.ts';

const id = 'e_00000000000000000000000001';
const sentAt = '2026-11-02T14:00:00.000Z' as Instant;
const legAt = '2026-11-03T09:00:00.000Z' as Instant;
const later = '2026-11-04T09:00:00.000Z' as Instant;
const segment = SegmentId.parse('s_00000000000000000000000001');
const way = { label: 'yes', next: 'done' };

const click: Waiter = { type: 'click', link: 'webinar', of: 'invite', label: 'webinar', next: 'thanks' };
const login: Waiter = { type: 'api', name: 'portal.login', label: 'portal', next: 'done' };

const parked = (waiters: readonly Waiter[]): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: id, journey: 'checkup', version: 1, status: 'PARKED', step: 'answer',
  seq: 1, leg: 1, nextLeg: 2, legSeq: 1, resumeStep: 'nudge', resumeOutcome: 'timeout', waiters: [...waiters], labels: {},
  visited: { invite: writeVisit({ leg: 0, count: 1, at: sentAt }), answer: writeVisit({ leg: 1, count: 1, at: legAt }) },
  enteredAt: sentAt,
});

const clicked = (change: Partial<EventOf<'click'>> = {}): ContactEvent => ({
  type: 'click', id: 'k1', at: '2026-11-02T15:00:00.000Z' as Instant, enrolment: id, step: 'invite', link: 'webinar',
  automated: false, ...change,
});

const known: Knowing = { now: '2026-11-05T00:00:00.000Z' as Instant };
const labelOf = (waiters: readonly Waiter[], events: readonly ContactEvent[], knowing = known) =>
  answeredBy(parked(waiters), events, knowing)?.waiter.label;

describe('a wait for a click', () => {
  test('is answered by one between the send and the wait', () => {
    expect(labelOf([click], [clicked()])).toBe('webinar');
  });

  test('is not answered by one before the send', () => {
    expect(labelOf([click], [clicked({ at: '2026-11-02T13:59:59.999Z' as Instant })])).toBeUndefined();
  });

  test('is never answered by an automated one', () => {
    expect(labelOf([click], [clicked({ automated: true })])).toBeUndefined();
  });

  test('is not answered by one in another enrolment of the same contact', () => {
    expect(labelOf([click], [clicked({ enrolment: 'e_00000000000000000000000002' })])).toBeUndefined();
  });

  test('is not answered by one on another link', () => {
    expect(labelOf([click], [clicked({ link: 'portal' })])).toBeUndefined();
  });

  test('that names no link is answered by any link of the mail', () => {
    expect(labelOf([{ type: 'click', of: 'invite', ...way }], [clicked({ link: 'portal' })])).toBe('yes');
  });

  test('that names no link is not answered by a link of another mail', () => {
    expect(labelOf([{ type: 'click', of: 'invite', ...way }], [clicked({ step: 'nudge' })])).toBeUndefined();
  });
});

describe('a wait for an opening', () => {
  const open: Waiter = { type: 'open', of: 'invite', ...way };
  const opened = { type: 'open' as const, id: 'o1', at: later, enrolment: id, step: 'invite', leg: 0 };

  test('is answered by the opening of the mail', () => {
    expect(labelOf([open], [{ ...opened, automated: false }])).toBe('yes');
  });

  test('is never answered by an automated one', () => {
    expect(labelOf([open], [{ ...opened, automated: true }])).toBeUndefined();
  });
});

test('a wait for a bounce is answered by that of its mail, hard or soft', () => {
  const bounce: Waiter = { type: 'bounce', of: 'invite', ...way };
  const bounced = { type: 'bounce' as const, id: 'b1', at: later, enrolment: id, step: 'invite', leg: 0, kind: 'soft' as const };
  expect(labelOf([bounce], [bounced])).toBe('yes');
  expect(labelOf([bounce], [{ ...bounced, step: 'nudge' }])).toBeUndefined();
});

test('a wait for a change is answered by one of its field', () => {
  const change: Waiter = { type: 'change', field: 'planYear', ...way };
  expect(labelOf([change], [{ type: 'change', id: 'g2', at: later, fields: ['language', 'planYear'] }])).toBe('yes');
  expect(labelOf([change], [{ type: 'change', id: 'g2', at: later, fields: ['language'] }])).toBeUndefined();
});

test('a wait for a segment tells joining from leaving, and one segment from another', () => {
  const joins: Waiter = { type: 'segment', segment, change: 'joined', ...way };
  const joined = { type: 'segment' as const, id: 'g2', at: later, segment, change: 'joined' as const };
  expect(labelOf([joins], [joined])).toBe('yes');
  expect(labelOf([joins], [{ ...joined, change: 'left' }])).toBeUndefined();
  expect(labelOf([joins], [{ ...joined, segment: SegmentId.parse('s_00000000000000000000000002') }])).toBeUndefined();
});

describe('a wait for an API event', () => {
  test('is not answered by one before the contact set out on this leg', () => {
    const early: ContactEvent = { type: 'api', id: 'p1', at: '2026-11-03T08:59:59.999Z' as Instant, name: 'portal.login' };
    expect(labelOf([login], [early])).toBeUndefined();
  });

  test('stands in the order of the author: the first waiter wins over the earlier event', () => {
    const event: ContactEvent = { type: 'api', id: 'p1', at: later, name: 'portal.login' };
    expect(labelOf([login, click], [clicked(), event])).toBe('portal');
  });
});

describe('a wait for an API event with a filter', () => {
  const where: EventFilter = [{ attribute: 'kind', equals: 'blood' }];
  const waiter: Waiter = { type: 'api', name: 'lab.booked', filtered: true, label: 'lab', next: 'done' };
  const planWith = (filter: EventFilter): Plan => ({
    journey: 'checkup', title: 'Check-up', priority: 5, reenter: 'never', start: 'answer',
    sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
    message: { purpose: 'care_coordination', topic: null, content: [], subject: [], segment: [], promotions: [] },
    enter: { segment: 'members', because: 'Care' },
    steps: {
      answer: {
        id: 'answer', visits: 1, kind: 'wait-for-event', within: { days: 7, hours: 0, minutes: 0 }, timeout: 'done',
        events: [{ label: 'lab', on: { type: 'api', name: 'lab.booked', where: filter }, next: 'done' }],
      },
      done: { id: 'done', visits: 1, kind: 'end', outcome: 'done' },
    },
  });
  const booked: ContactEvent = { type: 'api', id: 'l1', at: later, name: 'lab.booked', sealed: new Uint8Array(30) };
  const reading = (attributes: Readonly<Record<string, unknown>>): Knowing =>
    ({ ...known, plan: planWith(where), attributesOf: () => (name) => attributes[name] });

  test('is answered by an event whose attributes pass', () => {
    expect(labelOf([waiter], [booked], reading({ kind: 'blood' }))).toBe('lab');
  });

  test('is not answered by one whose attributes do not, nor by one without them', () => {
    expect(labelOf([waiter], [booked], reading({ kind: 'tissue' }))).toBeUndefined();
    expect(labelOf([waiter], [{ type: 'api', id: 'l1', at: later, name: 'lab.booked' }], reading({ kind: 'blood' }))).toBeUndefined();
  });

  test('is not answered where nobody can tell: without the plan, or with attributes that are not open', () => {
    expect(labelOf([waiter], [booked], { ...reading({ kind: 'blood' }), plan: undefined })).toBeUndefined();
    expect(labelOf([waiter], [booked], { ...known, plan: planWith([{ attribute: 'kind', exists: false }]) })).toBeUndefined();
  });

  test('looks past an event that does not pass to a later one that does', () => {
    const second: ContactEvent = { ...booked, id: 'l2' };
    const knowing: Knowing = { ...known, plan: planWith(where), attributesOf: ({ id: of }) => () => (of === 'l2' ? 'blood' : 'tissue') };
    expect(answeredBy(parked([waiter]), [booked, second], knowing)?.event).toEqual(second);
  });
});

test('events are read from the first instant on from which one may count', () => {
  expect(readSince(parked([login, click]))).toBe(sentAt);
  expect(readSince(parked([login]))).toBe(legAt);
  expect(readSince(parked([]))).toBeUndefined();
});
