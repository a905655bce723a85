import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../lib/core/journey/difference/compare.ts';
import type { Difference } from '../../../lib/core/journey/difference/difference.ts';
import { Plan } from '../../../lib/core/journey/plan.ts';
import { expectTold, neighboursOf } from './neighbours.ts';

const why = { source: 'the record', because: 'care' };
const clock = { zone: 'contact', fallbackZone: 'America/New_York' };
const none = { days: 0, hours: 0, minutes: 0 };

const plan = (settings: object = {}): Plan => Plan.parse({
  journey: 'example', title: 'A journey', priority: 5, reenter: 'never', start: 'done',
  sender: { name: 'Northside', address: 'news@northside.example', replyTo: 'help@northside.example' },
  message: { purpose: 'health_education', topic: null, content: ['contact_info'], subject: [], segment: [], promotions: [] },
  steps: { done: { id: 'done', kind: 'end', visits: 1, outcome: 'completed' } },
  ...settings,
});

const told = (before: object, after: object): readonly Difference[] =>
  compareVersions({ plan: plan(before), templates: {} }, { plan: plan(after), templates: {} });
const words = (before: object, after: object): readonly string[] => told(before, after).map((one) => one.words);

const by = (...triggers: readonly object[]) => ({ triggers: triggers.map((trigger) => ({ ...why, ...trigger })) });

const joins = { kind: 'joins', segment: 'guests' };
const scheduled = { kind: 'event', event: 'visit.scheduled' };
const quiet = { kind: 'inactive', for: { ...none, days: 30 } };
const birthday = { kind: 'date', field: 'birthDate', side: 'after', by: none, time: '09:00', ...clock, yearly: { leapDay: 'march-1' } };

describe('a way in that was added is a sentence of its own', () => {
  test.each<readonly [object, string]>([
    [joins, 'by joining `guests`'],
    [scheduled, 'by the event `visit.scheduled`'],
    [{ ...scheduled, where: [{ attribute: 'place', equals: 'North' }], updatedBy: ['visit.moved'] },
      'by the event `visit.scheduled` where its place is North, and `visit.moved` may bring other attributes'],
    [birthday, 'on their birthDate, at 09:00 in the contact\'s zone, or America/New_York, every year, 29 February being kept on 1 March of a common year'],
    [{ ...birthday, field: 'planEndsOn', side: 'before', by: { ...none, days: 3 }, yearly: undefined },
      '3 days before their planEndsOn, at 09:00 in the contact\'s zone, or America/New_York'],
    [{ kind: 'becomes', when: { all: [{ field: 'age', atMost: 17 }, { not: { segment: 'guests' } }] } },
      'as soon as their age is at most 17 and it is not so that they are in `guests`'],
    [quiet, 'after 30 days without an open, a click or an event'],
    [{ kind: 'hand-over', from: ['first', 'second'] }, 'by being handed over from `first` and `second`'],
  ])('%j', (trigger, way) => {
    expect(words(by(joins), by(joins, trigger))).toEqual([`people now also enter ${way}; the data comes from "the record" and may be used because of care`]);
  });
});

test('a way in that is gone is told as what people no longer do', () => {
  expect(words(by(joins, quiet), by(quiet))).toEqual(['people no longer enter by joining `guests`']);
});

test('a way in that changes is told as it is and as it was', () => {
  expect(words(by(joins, quiet), by({ ...quiet, for: { ...none, days: 60 } }, joins)))
    .toEqual(['people now enter after 60 days without an open, a click or an event, not after 30 days without an open, a click or an event']);
});

test('where the data of a way in comes from is about people, why it may be used is about consent', () => {
  expect(told(by(joins), by({ ...joins, source: 'a form', because: 'they asked' })).map(({ about, path, words: sentence }) => [about, path, sentence])).toEqual([
    ['consent', 'triggers.0.because', 'the reason why the data may be used by which people enter by joining `guests` is now "they asked", not care'],
    ['people', 'triggers.0.source', 'the data by which people enter by joining `guests` now comes from "a form", not from "the record"'],
  ]);
});

test('ways in that stand in another order are told so', () => {
  expect(words(by(joins, scheduled), by(scheduled, joins)))
    .toEqual(['the ways in now stand in this order: people enter by the event `visit.scheduled` and by joining `guests`']);
});

test('a list that is added or gone is told by its members', () => {
  const list = { enter: { segment: 'members', ...why } };
  expect(words(by(joins), { ...by(joins), ...list })).toEqual(['members of `members` may now be entered on request; the reason why their data may be used is care']);
  expect(words({ ...by(joins), ...list }, by(joins))).toEqual(['members of `members` can no longer be entered on request']);
});

describe('how often people enter is told in words', () => {
  test.each<readonly [unknown, string]>([
    ['year', 'once a year'], ['month', 'once a month'], [{ field: 'planYear' }, 'once for each value of their planYear'],
    [{ attribute: 'number' }, 'once for each number of the event that enters them'],
  ])('%j', (oncePer, often) => {
    expect(words({}, { reenter: { oncePer } })).toEqual([`people may now enter ${often}, not once`]);
  });
});

const chosen = { label: 'chosen', status: 'COMPLETED', event: 'plan.chosen' };
const moved = { label: 'moved', status: 'EXITED', when: { any: [{ segment: 'away' }, { field: 'state', oneOf: ['OH', 'MA'] }] } };

describe('goals and exits are told by what ends a run', () => {
  test.each<readonly [string, object[], object[], string]>([
    ['a goal that is new', [], [chosen], 'a goal was added: `chosen` is reached when `plan.chosen` comes'],
    ['an exit that is new', [], [moved], 'an exit was added: `moved` is taken as soon as they are in `away` or their state is one of OH, MA'],
    ['a goal that is gone', [chosen, moved], [moved], 'the goal `chosen` is gone: it was reached when `plan.chosen` comes'],
    ['a goal that changes', [chosen], [{ ...chosen, event: 'plan.kept' }], 'the goal `chosen` is now reached when `plan.kept` comes, not when `plan.chosen` comes'],
    ['a goal that becomes an exit', [chosen], [{ ...chosen, status: 'EXITED' }], '`chosen` is now an exit, not a goal: it is taken when `plan.chosen` comes'],
    ['another order', [chosen, moved], [moved, chosen], 'goals and exits are now asked in this order: `moved` and `chosen`'],
  ])('%s', (_, before, after, sentence) => {
    const ends = (exits: readonly object[]) => (exits.length === 0 ? {} : { exits });
    expect(words(ends(before), ends(after))).toEqual([sentence]);
  });
});

describe('who is held out, and what is put off, is told in words', () => {
  const held = (share: number, as = 'example') => ({ holdout: { share, as } });
  test.each<readonly [object, object, string]>([
    [{}, held(10), '10 of 100 people are now held out: they are measured and not sent to'],
    [held(10), {}, 'nobody is held out any more; it was 10 of 100 people'],
    [held(5), held(10), '10 of 100 people are now held out, not 5'],
    [held(5), held(5, 'spring'), 'the people held out are now those of `spring`, not those of `example`'],
    [{}, { whenPutOff: 'skip' }, 'a message that hours, caps or a weightier message put off is now left out, and the run goes on, not sent later, as where nothing is said'],
    [{ whenPutOff: 'skip' }, { whenPutOff: 'defer' }, 'a message that hours, caps or a weightier message put off is now sent later, not left out, and the run goes on'],
    [{}, { opens: true }, 'mails now carry an image that tells when they are opened'],
    [{ opens: true }, {}, 'mails no longer carry an image that tells when they are opened'],
  ])('%j, then %j', (before, after, sentence) => {
    expect(words(before, after)).toEqual([sentence]);
  });
});

describe('a condition reads as a sentence', () => {
  test.each<readonly [object, string]>([
    [{ field: 'planEndsOn', inNext: '10 days' }, 'their planEndsOn is in the next 10 days'],
    [{ field: 'lastVisitOn', olderThan: '12 months' }, 'their lastVisitOn is more than 12 months ago'],
    [{ field: 'email', exists: false }, 'their email is not known'],
    [{ event: 'visit.over', within: '7 days', where: { attribute: 'place', equals: 'North' } }, '`visit.over` came within 7 days where its place is North'],
    [{ opened: { of: 'invite' } }, 'the mail `invite` was opened'],
    [{ clicked: { journey: 'first', link: 'plan', within: '3 days' } }, 'the link `plan` of a mail of `first` was clicked within 3 days'],
    [{ all: [{ segment: 'a' }, { any: [{ segment: 'b' }, { segment: 'c' }] }] }, 'they are in `a` and (they are in `b` or they are in `c`)'],
  ])('%j', (when, sentence) => {
    expect(words({}, { exits: [{ label: 'out', status: 'EXITED', when }] })).toEqual([`an exit was added: \`out\` is taken as soon as ${sentence}`]);
  });
});

test('every change of one field of a plan with every way in and out is told', () => {
  const rich = plan({
    enter: { segment: 'members', ...why }, reenter: { oncePer: { field: 'planYear' } }, holdout: { share: 10, as: 'example' }, whenPutOff: 'skip', opens: true,
    ...by(joins, { ...scheduled, where: [{ attribute: 'place', equals: 'North' }], updatedBy: ['visit.moved'] }, birthday, quiet,
      { kind: 'becomes', when: { field: 'age', atMost: 17 } }, { kind: 'hand-over', from: ['first'] }),
    exits: [chosen, moved],
  });
  expect(neighboursOf(rich).length).toBeGreaterThan(100);
  expectTold(rich);
});
