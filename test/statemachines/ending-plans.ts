import { exitsOf } from '../../lib/core/journey/exits.ts';
import { reachable } from '../../lib/core/journey/graph.ts';
import type { Plan, Step } from '../../lib/core/journey/plan.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { plans } from './plans.ts';

const names = new Set(['next', 'timeout', 'otherwise', 'missing', 'skipTo']);

/** What leads on at once leads forward: only the end of a span, or of the time of an event wait, may lead back. */
const forward = (step: Step, index: number): Step => {
  const slow = step.kind === 'wait' && step.until.rule === 'duration' ? 'next' : step.kind === 'wait-for-event' ? 'timeout' : undefined;
  const turned = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => turned(one, ''));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, turned(one, name)]));
    return names.has(key) && key !== slow && typeof value === 'string' && Number(value.slice(1)) <= index ? `s${index + 1}` : value;
  };
  return turned(step, '') as Step;
};

/** Long enough to tell something: of a plan of many steps, often few can be reached. */
const isTelling = (plan: Plan): boolean => reachable(plan.start, (id) => exitsOf(stepOf(plan, id))).size >= 6;

/** Plans that the publish checks would let pass: whoever goes round waits on the way, and everybody comes to an end. */
export const endingPlans = plans.map((plan): Plan => ({
  ...plan, steps: Object.fromEntries(Object.entries(plan.steps).map(([id, step], index) => [id, forward({ ...step, visits: 1 + (index % 2) }, index)])),
})).filter(isTelling);
