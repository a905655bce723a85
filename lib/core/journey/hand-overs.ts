import type { Name } from '../ids.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import type { Plan } from './plan.ts';

type Version = { readonly version: number; readonly plan: Plan };
type Found = { readonly journey: Name; readonly version: number; readonly finding: Finding };

const latestOf = (versions: readonly Version[], journey: Name): Plan | undefined =>
  versions.filter(({ plan }) => plan.journey === journey).sort((one, other) => other.version - one.version)[0]?.plan;

const takesFrom = (plan: Plan, journey: Name): boolean =>
  (plan.triggers ?? []).some((trigger) => trigger.kind === 'hand-over' && trigger.from.includes(journey));

/** Every hand-over between journeys leads to one that is there and whose latest version takes contacts over from it. */
export const checkHandOvers = (versions: readonly Version[]): readonly Found[] =>
  versions.flatMap(({ version, plan }) => Object.values(plan.steps).flatMap((step, index): readonly Found[] => {
    if (step.kind !== 'hand-over') return [];
    const at = `steps[${index}].goTo.journey`;
    const taker = latestOf(versions, step.journey);
    const found = (one: Finding): readonly Found[] => [{ journey: plan.journey, version, finding: one }];
    if (taker === undefined) return found(finding('journey.unknown-journey', at, `there is no journey "${step.journey}"`));
    return takesFrom(taker, plan.journey) ? []
      : found(finding('journey.hand-over-undeclared', at, `"${step.journey}" has no trigger handOver from "${plan.journey}"`));
  }));
