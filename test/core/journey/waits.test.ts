import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exitsOf } from '../../../lib/core/journey/exits.ts';
import { waiting } from '../../../lib/core/journey/difference/words.ts';
import type { Plan, StepOf } from '../../../lib/core/journey/plan.ts';
import { after, resumeAt } from '../../../lib/core/journey/walk.ts';
import { planOf, readCase, readText } from './cases.ts';

const manual = readFileSync(new URL('../../../docs/waits.md', import.meta.url), 'utf8');
const examples = [...manual.matchAll(/```yaml\n(.*?)```/gsu)].map(([, steps = '']) => steps);

const settings = `
journey: example
title: A journey
message: { purpose: health_education, segment: [insurance_status, appointment_logistics, dates_of_service] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
`;

test.each(examples)('an example of the manual is read without a fault: %s', (steps) => {
  expect(readText(`${settings}${steps}- end: completed\n`)).toMatchObject({ plan: { journey: 'example' } });
});

test('the manual has an example of each form', () => {
  const rules = examples.flatMap((steps) => Object.values(planOf(readText(`${settings}${steps}- end: completed\n`)).steps))
    .flatMap((step) => (step.kind === 'wait' ? [step.until.rule] : []));
  expect([...new Set(rules)].sort()).toEqual(['duration', 'field', 'instant', 'local', 'window']);
});

const plan: Plan = planOf(readCase('every-wait'));
const waitOf = (id: string): StepOf<'wait'> => {
  const step = plan.steps[id];
  if (step?.kind !== 'wait') throw new Error(id);
  return step;
};

describe('a wait that may skip the send behind it', () => {
  test('leads past the send on the outcome `skipped`, also after a park', () => {
    expect([after(plan, 'before-visit', 'passed'), after(plan, 'before-visit', 'skipped'), resumeAt(plan, 'before-visit', 'skipped')])
      .toEqual(['second', 'after-visit', 'after-visit']);
  });

  test('is alone in having another exit', () => {
    expect([exitsOf(waitOf('before-visit')), exitsOf(waitOf('plan-end')), exitsOf(waitOf('thursday'))])
      .toEqual([['second', 'after-visit'], ['before-visit'], ['first-monday']]);
  });
});

test.each([
  ['some-months', '1 month 2 days'],
  ['instant', 'until 2026-12-01T14:00:00.000Z; where that is past, they go on'],
  ['local', 'until 2026-12-01 at 09:00 in the contact\'s zone, or America/Chicago; where that is past, they pass by the next send'],
  ['plan-end', 'until 3 days before the contact\'s planEndsOn, at 09:00, in the contact\'s zone, or America/New_York; where that is past, their run ends; without a value, they go on'],
  ['after-visit', 'until the time of the contact\'s lastVisitOn, at 18:00, in America/Chicago, or America/Chicago; where that is past, they go on; without a value, they pass by the next send'],
  ['month-days', 'until 12:00 to 14:00 on day 1, 15 and last of the month in the contact\'s zone, or America/New_York'],
  ['first-monday', 'until 09:00 to 24:00 on monday that is day 1, 2, 3, 4, 5, 6 and 7 of the month in the contact\'s zone, or America/New_York'],
])('a difference between versions tells a wait in words: %s', (id, words) => {
  expect(waiting(waitOf(id).until)).toBe(words);
});
