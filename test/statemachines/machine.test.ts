import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Name } from '../../lib/core/ids.ts';
import { type Answer, follow } from '../../lib/core/journey/direct.ts';
import type { Step } from '../../lib/core/journey/plan.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { checkTemplate } from '../../lib/core/template/check.ts';
import { variablesOf } from '../../lib/core/template/variables.ts';
import { planOf, readCase } from '../core/journey/cases.ts';
import { readJourneyFiles } from '../../statemachines/files.ts';
import { type PutsOff, runMachine } from './machine.ts';
import { plans } from './plans.ts';

const possible = (step: Step, arriving: Name): readonly Name[] => {
  if (step.kind === 'send') return ['sent', 'refused'];
  if (step.kind === 'wait') return step.skipTo === undefined ? ['passed'] : ['passed', 'skipped'];
  if (step.kind === 'wait-for-event') return [...step.events.map(({ label }) => label), 'timeout'];
  if (step.kind === 'branch') {
    return [...step.choices.map(({ label }) => label), 'otherwise', ...(step.missing === undefined ? [] : ['missing'])];
  }
  if (step.kind === 'split') return step.arms.map(({ label }) => label);
  return [arriving];
};

/** Answers by a tape of numbers; the same tape gives the same answers in the same order. */
const answering = (tape: readonly number[]): Answer => {
  let asked = 0;
  return (step, arriving) => {
    const ways = possible(step, arriving);
    const way = ways[(tape[asked % tape.length] ?? 0) % ways.length] ?? arriving;
    asked += 1;
    return way;
  };
};

const tapes = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 20 });
const puttingOff = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
const putOffBy = (tape: readonly boolean[]): PutsOff => (nth) => tape[nth % tape.length] === true;
const never: PutsOff = () => false;

describe('a compiled machine', () => {
  it('visits the steps that the plan means, in the same order and with the same outcomes, wherever a send is put off', async () => {
    await fc.assert(fc.asyncProperty(plans, tapes, puttingOff, async (plan, tape, putOff) => {
      const meant = follow(plan, answering(tape), 40);
      const { visits } = await runMachine(plan, answering(tape), putOffBy(putOff), 40);
      expect(visits).toEqual(meant);
    }), { numRuns: 300 });
  });

  it('reaches the end of the journey in an execution for each wait on the way, and one more', async () => {
    await fc.assert(fc.asyncProperty(plans, tapes, async (plan, tape) => {
      const { visits, executions } = await runMachine(plan, answering(tape), never, 40);
      fc.pre(visits.length < 40);
      const waits = visits.filter(({ step }) => ['wait', 'wait-for-event'].includes(stepOf(plan, step).kind));
      expect(executions).toBe(waits.length + 1);
    }), { numRuns: 100 });
  });

  it('carries the outcome of a wait for an event past a segment to the branch that asks for it', async () => {
    const plan = planOf(readCase('outcome-carried-past-a-segment'));
    const { visits, executions } = await runMachine(plan, answering([0]), never, 40);
    expect(visits.map(({ step }) => step)).toEqual([
      'first', 'wait-for-event-2', 'add-to-segment-3', 'branch-4', 'clicked',
    ]);
    expect(executions).toBe(2);
  });
});

describe('the reference journey', () => {
  it('takes a contact who never answers four executions and eight function calls', async () => {
    const read = readJourneyFiles(fileURLToPath(new URL('../../statemachines/journeys', import.meta.url)), { variables: variablesOf, check: checkTemplate });
    const reference = 'journeys' in read ? read.journeys.find(({ plan }) => plan.journey === 'health-plan-enrollment') : undefined;
    const silent: Answer = (step, arriving) =>
      ({ send: 'sent', wait: 'passed', 'wait-for-event': 'timeout' } as Record<string, Name>)[step.kind] ?? arriving;
    expect(reference).toBeDefined();
    if (reference === undefined) return;
    const { visits, executions } = await runMachine(reference.plan, silent, never, 40);
    expect(executions).toBe(4);
    expect(visits.map(({ step }) => step)).toEqual([
      'invite', 'answer', 'next-move', 'thursday-noon', 'follow-up', 'three-days', 'remind', 'call-list', 'done',
    ]);
  });
});
