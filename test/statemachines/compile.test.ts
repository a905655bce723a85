import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { casesWith, expectedIn, planOf, readCase } from '../core/journey/cases.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { longPlan } from './long-plan.ts';

const good = casesWith('asl.json');

describe('a compiled journey', () => {
  it.each(good)('is the machine that was kept, key for key: %s', (name) => {
    const definition = compileJourney(planOf(readCase(name)), 1);
    expect(JSON.stringify(definition)).toBe(JSON.stringify(expectedIn(name, 'asl.json')));
  });

  it.each(good)('passes the validator of Amazon States Language: %s', (name) => {
    const result = validate(structuredClone(compileJourney(planOf(readCase(name)), 1)));
    expect(result.errorsText()).toBe('');
    expect(result.isValid).toBe(true);
  });

  it.each(good)('passes the checks on emitted definitions: %s', (name) => {
    expect(checkDefinition(compileJourney(planOf(readCase(name)), 1))).toEqual([]);
  });

  it('starts at the first step, at a step after a park, or at a send that was put off, and nowhere else', () => {
    const { States } = compileJourney(planOf(readCase('every-kind')), 1);
    const enter = States['Enter'];
    const points = enter?.Type === 'Choice' ? enter.Choices.map(({ StringEquals, Next }) => [StringEquals, Next]) : [];
    expect(points).toEqual([
      ['first', 'first'], ['guests', 'guests'], ['branch-3', 'branch-3'], ['slot', 'slot'], ['send-6', 'send-6'],
    ]);
  });

  it('leads past go-tos to what they lead to', () => {
    const { States } = compileJourney(planOf(readCase('every-kind')), 1);
    expect(States['go-to-8']).toBeUndefined();
    const enter = States['Enter'];
    expect(enter?.Type === 'Choice' ? enter.Choices.map(({ Next }) => Next) : []).toContain('first');
  });

  it('ends the burst at a wait', () => {
    const { States } = compileJourney(planOf(readCase('every-kind')), 1);
    expect(States['wait-7']).toMatchObject({ Type: 'Task', Resource: '${ParkEnrolment}', End: true });
  });
});

describe('a journey of a thousand steps', () => {
  it('compiles to a definition that can be deployed', () => {
    expect(checkDefinition(compileJourney(longPlan(1000), 1))).toEqual([]);
  });

  it('takes about as long for each step as a journey of a hundred', () => {
    const milliseconds = (steps: number) => {
      const plan = longPlan(steps);
      const runs = Array.from({ length: 5 }, () => {
        const start = performance.now();
        compileJourney(plan, 1);
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    milliseconds(100);
    expect(milliseconds(1000)).toBeLessThan(100 * Math.max(milliseconds(100), 0.1));
  });
});
