import * as fc from 'fast-check';
import { exitsOf } from '../../lib/core/journey/exits.ts';
import { reachable } from '../../lib/core/journey/graph.ts';
import type { Plan, Step } from '../../lib/core/journey/plan.ts';
import { isTask, stepOf } from '../../lib/core/journey/walk.ts';
import { planOf, readText } from '../core/journey/cases.ts';

const settings = planOf(readText(`
journey: generated
title: A generated journey
message: { purpose: health_education }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps: [{ end: completed }]
`));

export const labels = ['red', 'green', 'blue'] as const;

const label = fc.constantFrom(...labels);
const hour = { days: 0, hours: 1, minutes: 0 };

/**
 * A step of a plan of `count` steps. Steps that call a function lead anywhere; the others lead on only, since a way
 * round without a function is no journey.
 */
const stepAt = (index: number, count: number): fc.Arbitrary<Step> => {
  const name = (at: number) => `s${at}`;
  const base = { id: name(index), visits: 1 };
  if (index === count - 1) return fc.constant({ ...base, kind: 'end', outcome: 'completed' });
  const anywhere = fc.nat({ max: count - 1 }).map(name);
  const onward = fc.integer({ min: index + 1, max: count - 1 }).map(name);
  const event = fc.record({ label, on: fc.constant({ type: 'api', name: 'portal.login' } as const), next: anywhere });
  const wait = { rule: 'duration', duration: hour } as const;
  const moment = { rule: 'instant', at: '2026-12-01T14:00:00.000Z', ifPast: 'skip' } as const;
  return fc.oneof(
    fc.record({ kind: fc.constant('send'), template: fc.constant('plain'), next: anywhere }),
    fc.record({ kind: fc.constant('wait'), until: fc.constant(wait), next: anywhere }),
    fc.record({ kind: fc.constant('wait'), until: fc.constant(moment), next: anywhere, skipTo: anywhere }),
    fc.record({
      kind: fc.constant('wait-for-event'),
      events: fc.uniqueArray(event, { minLength: 1, maxLength: 3, selector: (one) => one.label }),
      within: fc.constant(hour),
      timeout: anywhere,
    }),
    fc.record({
      kind: fc.constant('branch'),
      choices: fc.uniqueArray(
        fc.record({ label, next: onward }).map((one) => ({ ...one, when: { outcome: one.label } })),
        { minLength: 1, maxLength: 3, selector: (one) => one.label },
      ),
      otherwise: onward,
    }),
    fc.record({
      kind: fc.constant('branch'),
      choices: fc.uniqueArray(
        fc.record({ label, next: anywhere, when: fc.constant({ field: 'age', atLeast: 65 }) }),
        { minLength: 1, maxLength: 3, selector: (one) => one.label },
      ),
      otherwise: anywhere,
    }),
    fc.record({
      kind: fc.constant('branch'),
      choices: fc.uniqueArray(
        fc.record({ label, next: anywhere, when: fc.constant({ any: [{ outcome: 'red' }, { not: { field: 'age', atLeast: 65 } }] }) }),
        { minLength: 1, maxLength: 3, selector: (one) => one.label },
      ),
      otherwise: anywhere,
      missing: anywhere,
    }),
    fc.record({
      kind: fc.constant('split'),
      arms: fc.uniqueArray(fc.record({ label, share: fc.constant(50), next: anywhere }), {
        minLength: 2, maxLength: 2, selector: (one) => one.label,
      }),
    }),
    fc.record({ kind: fc.constant('go-to'), next: onward }),
    fc.record({ kind: fc.constant('add-to-segment'), segment: fc.constant('guests'), next: anywhere }),
    fc.constant({ kind: 'end', outcome: 'completed' } as const),
  ).map((step) => ({ ...base, ...step }) as Step);
};

/** Whether no task leads to itself without another task on the way, as the check on tight loops sees to. */
const isLoose = (plan: Plan): boolean =>
  Object.values(plan.steps).filter(isTask).every((step) =>
    exitsOf(step).every((exit) => !reachable(exit, (id) => {
      const passing = stepOf(plan, id);
      return isTask(passing) ? [] : exitsOf(passing);
    }).has(step.id)));

/** Plans of up to a dozen steps of every kind, with ways forward and back. */
export const plans: fc.Arbitrary<Plan> = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.tuple(...Array.from({ length: count }, (_, index) => stepAt(index, count))).map((steps) => ({
    ...settings, start: 's0', steps: Object.fromEntries(steps.map((step) => [step.id, step])),
  }))).filter(isLoose);
