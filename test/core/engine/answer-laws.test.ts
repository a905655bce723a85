import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answeredBy, countsSince } from '../../../lib/core/engine/answer.ts';
import type { Enrolment, Waiter } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import type { ContactEvent, EventOf } from '../../../lib/core/engine/event.ts';
import { graceSeconds, settled, settlesAt } from '../../../lib/core/engine/scanner.ts';
import { SegmentId } from '../../../lib/core/ids.ts';
import { addSeconds, millisecondsOf } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';

const runs = 2000;
const start = '2026-11-02T14:00:00.000Z' as Instant;
const enrolments = ['e_00000000000000000000000001', 'e_00000000000000000000000002'] as const;
const segment = SegmentId.parse('s_00000000000000000000000001');

/** Within five minutes, so that clicks come close to each other. */
const instants = fc.integer({ min: 0, max: 300_000 }).map((milliseconds) => addSeconds(start, milliseconds / 1000));
const mails = fc.record({ enrolment: fc.constantFrom(...enrolments), step: fc.constantFrom('first', 'second'), leg: fc.constantFrom(0, 1) });
const base = fc.record({ id: fc.uuid(), at: instants });

const clicks = fc.tuple(base, mails, fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.constantFrom(1, 2, 3, undefined)).map(
  ([event, mail, link, automated, links]): EventOf<'click'> =>
    ({ type: 'click', ...event, ...mail, link, automated, ...(links === undefined ? {} : { links }) }));

const events: fc.Arbitrary<ContactEvent> = fc.oneof(
  clicks,
  fc.tuple(base, mails, fc.boolean()).map(([event, mail, automated]): ContactEvent => ({ type: 'open', ...event, ...mail, automated })),
  fc.tuple(base, mails).map(([event, mail]): ContactEvent => ({ type: 'bounce', ...event, ...mail, kind: 'hard' })),
  base.map((event): ContactEvent => ({ type: 'api', ...event, name: 'portal.login' })),
  base.map((event): ContactEvent => ({ type: 'change', ...event, fields: ['planYear'] })),
  fc.tuple(base, fc.constantFrom('joined' as const, 'left' as const)).map(([event, change]): ContactEvent => ({ type: 'segment', ...event, segment, change })),
);

const way = { label: 'yes', next: 'done' };
const waiters: fc.Arbitrary<Waiter> = fc.constantFrom<Waiter>(
  { type: 'click', of: 'first', ...way }, { type: 'click', link: 'a', of: 'second', ...way }, { type: 'open', of: 'first', ...way },
  { type: 'bounce', of: 'first', ...way }, { type: 'api', name: 'portal.login', ...way }, { type: 'change', field: 'planYear', ...way },
  { type: 'segment', segment, change: 'joined', ...way }, { type: 'passes', ...way },
);

const rows = fc.tuple(fc.array(waiters, { minLength: 1, maxLength: 4 }), instants, instants).map(([waiting, sentAt, legAt]): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: enrolments[0], journey: 'checkup', version: 1, status: 'PARKED', step: 'answer',
  seq: 1, leg: 1, nextLeg: 2, legSeq: 1, resumeStep: 'nudge', resumeOutcome: 'timeout', waiters: waiting, labels: {}, enteredAt: start,
  visited: { first: writeVisit({ leg: 0, count: 1, at: sentAt }), answer: writeVisit({ leg: 1, count: 1, at: legAt }) },
}));

const logs = fc.array(events, { maxLength: 12 });
const verdictOf = (click: EventOf<'click'>, all: readonly ContactEvent[], now: Instant): boolean | undefined => {
  const found = settled(all, now).find((event) => event.id === click.id && event.type === 'click');
  return found?.type === 'click' ? found.automated : undefined;
};

test('an answer is an event on record that counts for its waiter, and no program\'s', () => {
  fc.assert(fc.property(rows, logs, instants, (row, log, now) => {
    const found = answeredBy(row, log, { now });
    if (found === undefined) return;
    expect(log).toContainEqual(found.event);
    expect(found.event.at >= countsSince(found.waiter, row)).toBe(true);
    expect('automated' in found.event && found.event.automated).toBe(false);
    if ('enrolment' in found.event) expect(found.event.enrolment).toBe(row.enrolment);
  }), { numRuns: runs });
});

test('the order in which the log tells events changes no verdict', () => {
  fc.assert(fc.property(logs, instants, (log, now) => {
    const key = (event: ContactEvent) => JSON.stringify(event);
    expect(settled([...log].reverse(), now).map(key).sort()).toEqual(settled(log, now).map(key).sort());
  }), { numRuns: runs });
});

test('a program never turns into a person', () => {
  fc.assert(fc.property(logs, instants, (log, now) => {
    for (const event of log) if (event.type === 'click' && event.automated) expect(verdictOf(event, log, now)).toBe(true);
  }), { numRuns: runs });
});

test('the verdict on a click stands from when it settles on, whatever is clicked after its grace', () => {
  fc.assert(fc.property(clicks, fc.array(clicks, { maxLength: 8 }), fc.integer({ min: 1, max: 600 }), (click, others, seconds) => {
    const due = settlesAt(click);
    const known = [click, ...others].filter(({ at }) => at <= due);
    const then = verdictOf(click, known, due);
    expect(then).toBeDefined();
    const later = others.filter(({ at }) => millisecondsOf(at) - millisecondsOf(click.at) > graceSeconds * 1000);
    expect(verdictOf(click, [...known, ...later], addSeconds(due, seconds))).toBe(then);
  }), { numRuns: runs });
});

test('every click settles: when the last grace is over, each is a person\'s or a program\'s', () => {
  fc.assert(fc.property(fc.array(clicks, { maxLength: 10 }), (log) => {
    expect(settled(log, addSeconds(start, 300 + graceSeconds))).toHaveLength(log.length);
  }), { numRuns: runs });
});
