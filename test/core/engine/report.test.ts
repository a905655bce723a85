import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Deltas } from '../../../lib/core/engine/counts.ts';
import { addDeltas, enrolmentDeltas } from '../../../lib/core/engine/counts.ts';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import { reportCsv } from '../../../lib/core/engine/report-csv.ts';
import { reportOf } from '../../../lib/core/engine/report.ts';
import { follow } from '../../../lib/core/journey/direct.ts';
import type { Plan, Step } from '../../../lib/core/journey/plan.ts';
import { isTask, pastGoTos, stepOf } from '../../../lib/core/journey/walk.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { labels, plans } from '../../statemachines/plans.ts';
import { planOf, readText } from '../journey/cases.ts';

const at = '2026-11-02T14:00:00.000Z' as Instant;

const plan = planOf(readText(`
journey: example
title: A journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
  - { id: invite, send: plain }
  - { id: pause, wait: 7 days }
  - { id: skip, goTo: done }
  - { id: done, end: thanked }
`));

const counts: Deltas = {
  entered: 10, active: 3, completed: 5, exited: 1, failed: 1,
  'at/pause': 3, 'passed/invite': 10, 'passed/pause': 9, 'passed/done': 5,
  'ended/failed/invite/internal': 1, 'ended/exited/pause/AUTH_REVOKED': 1, 'ended/completed/done/thanked': 5,
  'send/sent': 8, 'send/sent/invite': 8, 'send/refused': 1, 'send/refused/invite': 1, 'refused/AUTH_MISSING': 1, 'refused-at/invite/AUTH_MISSING': 1,
  'put-off/QUIET_HOURS': 4, 'put-off-at/invite/QUIET_HOURS': 4, delivered: 7, 'delivered/invite': 7, bounced: 1, 'bounced/invite': 1,
  clicked: 3, 'clicked/invite': 3, 'clicked/invite/plan': 2, 'clicked/invite/call': 2, scanned: 1, 'scanned/invite': 1, 'scanned/invite/plan': 1,
  opened: 5, 'opened/invite': 5, 'arm/subject/a/entered': 6, 'arm/subject/a/ended/thanked': 3, 'arm/subject/b/entered': 4, 'arm/subject/a/clicked': 2,
  'group/holdout/entered': 1,
};

const report = reportOf(plan, 2, counts);

test('a report tells where people stand, went on, ended and dropped off', () => {
  expect(report.steps.map(({ step, activeNow, everProcessed, wentOn, endedBy, droppedOff }) => [step, activeNow, everProcessed, wentOn, endedBy, droppedOff]))
    .toEqual([
      ['invite', 0, 10, 9, { internal: 1 }, 1],
      ['pause', 3, 9, 5, { AUTH_REVOKED: 1 }, 1],
      ['done', 0, 5, 0, { thanked: 5 }, 0],
    ]);
  expect(report).toMatchObject({
    nobodyLost: true, ends: { completed: { thanked: 5 }, exited: { AUTH_REVOKED: 1 }, failed: { internal: 1 } },
  });
});

test('a report tells what became of each message, people and scanners apart', () => {
  expect(report.steps[0]).toMatchObject({
    sent: 8, refused: 1, refusedBy: { AUTH_MISSING: 1 }, deferred: 4, deferredBy: { QUIET_HOURS: 4 }, delivered: 7, bounced: 1,
    opened: { people: 5, scanners: 0 },
    clicked: { people: 3, scanners: 1, byLink: { call: { people: 2, scanners: 0 }, plan: { people: 2, scanners: 1 } } },
  });
  expect(report.sends).toMatchObject({ sent: 8, deferred: 4, opened: { people: 5 }, clicked: { people: 3, scanners: 1 } });
  expect(report.steps[1]).not.toHaveProperty('sent');
});

test('a report compares the arms of a split and the groups of a holdout', () => {
  expect(report.arms).toEqual([
    { part: 'subject/a', entered: 6, opened: 0, clicked: 2, endedBy: { thanked: 3 } }, { part: 'subject/b', entered: 4, opened: 0, clicked: 0, endedBy: {} },
  ]);
  expect(report.groups).toEqual([{ part: 'holdout', entered: 1, opened: 0, clicked: 0, endedBy: {} }]);
});

test('a version that nobody entered has a report of zeros', () => {
  expect(reportOf(plan, 1, {})).toMatchObject({ entered: 0, nobodyLost: true, arms: [], sends: { sent: 0 }, ends: { completed: {} } });
});

test('the same as CSV has one figure a line', () => {
  const rows: readonly Readonly<Record<string, string>>[] = parse(reportCsv(report), { columns: true });
  const figure = (of: string, name: string, measure: string, by = '') =>
    rows.filter((row) => row['of'] === of && row['name'] === name && row['measure'] === measure && row['by'] === by).map((row) => row['count']);
  expect(figure('journey', 'example', 'entered')).toEqual(['10']);
  expect(figure('journey', 'example', 'ended-completed', 'thanked')).toEqual(['5']);
  expect(figure('step', 'invite', 'refused-by', 'AUTH_MISSING')).toEqual(['1']);
  expect(figure('step', 'pause', 'dropped-off')).toEqual(['1']);
  expect(figure('link', 'invite/plan', 'clicked', 'scanners')).toEqual(['1']);
  expect(figure('arm', 'subject/a', 'ended', 'thanked')).toEqual(['3']);
  expect(new Set(rows.map((row) => JSON.stringify([row['of'], row['name'], row['measure'], row['by']]))).size).toBe(rows.length);
});

const row = (plan: Plan, change: Partial<Enrolment>): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: plan.journey, version: 1,
  status: 'RUNNING', step: pastGoTos(plan, plan.start), seq: 0, leg: 0, nextLeg: 0, legSeq: -1, resumeStep: plan.start, resumeOutcome: 'none',
  visited: {}, labels: {}, enteredAt: at, ...change,
});

/** The rows that a run leaves one after another, until the journey ends or the run is cut off. */
const rowsOf = (plan: Plan, answers: readonly string[], visits: number): readonly Enrolment[] => {
  let turn = 0;
  const answer = (step: Step): string => {
    const label = answers[turn % answers.length] ?? labels[0];
    turn += 1;
    if (step.kind === 'wait-for-event') return step.events.find((one) => one.label === label)?.label ?? 'timeout';
    if (step.kind === 'branch') return step.choices.find((one) => one.label === label)?.label ?? 'otherwise';
    if (step.kind === 'split') return (step.arms.find((one) => one.label === label) ?? step.arms[0])?.label ?? label;
    return 'passed';
  };
  const rows = [row(plan, {})];
  let visited: Record<string, string> = {};
  for (const [leg, { step }] of follow(plan, answer, visits).entries()) {
    if (stepOf(plan, step).kind === 'go-to') continue;
    visited = { ...visited, [step]: writeVisit({ leg, count: 1, at }) };
    if (!isTask(stepOf(plan, step))) continue;
    rows.push(row(plan, { step, visited }));
  }
  return rows;
};

const endings = [undefined, ['EXITED', 'AUTH_REVOKED'], ['FAILED', 'internal'], ['COMPLETED', 'loop']] as const;

test('whoever came to a step is there, went on or ended there; nobody is counted twice', () => {
  const runs = fc.array(fc.record({
    answers: fc.array(fc.constantFrom<string>(...labels, 'none'), { minLength: 1, maxLength: 6 }),
    visits: fc.integer({ min: 1, max: 8 }), ending: fc.constantFrom(...endings),
  }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(plans, runs, (plan, all) => {
    const deltas = all.flatMap(({ answers, visits, ending }) => {
      const rows = rowsOf(plan, answers, visits);
      const last = rows.at(-1) ?? row(plan, {});
      const end = stepOf(plan, last.step);
      const ended = end.kind === 'end' ? ['COMPLETED', end.outcome] as const : ending;
      const images = ended === undefined ? rows : [...rows, { ...last, status: ended[0], ended: ended[1], endedAt: at }];
      return images.map((after, index) => enrolmentDeltas({ before: images[index - 1], after }));
    });
    const report = reportOf(plan, 1, addDeltas(deltas));
    expect(report.nobodyLost).toBe(true);
    for (const { activeNow, everProcessed, wentOn, endedBy } of report.steps) {
      const ended = Object.values(endedBy).reduce((sum, count) => sum + count, 0);
      // Who entered and has not come to the first step yet stands there without having come.
      expect(Math.max(everProcessed, activeNow + ended)).toBe(activeNow + wentOn + ended);
    }
    const total = (by: Readonly<Record<string, number>> = {}): number => Object.values(by).reduce((sum, count) => sum + count, 0);
    expect([total(report.ends['completed']), total(report.ends['exited']), total(report.ends['failed'])])
      .toEqual([report.completed, report.exited, report.failed]);
    expect(report.steps.reduce((sum, { activeNow }) => sum + activeNow, 0)).toBe(report.active);
  }), { numRuns: 300 });
});
