import type { Name } from '../ids.ts';
import type { Draft } from './draft.ts';
import { exitsOf } from './exits.ts';
import { cyclesOf } from './graph.ts';
import type { Placed } from './kinds/common.ts';

/** The schema's limit on visits. */
const most = 1000;

const exitsIn = (byId: ReadonlyMap<Name, Placed>) => (id: Name): readonly Name[] => {
  const placed = byId.get(id);
  return placed === undefined ? [] : exitsOf(placed.step);
};

/** The go-tos with a limit that lead back, by the other steps on their way round. */
const declaredLoops = ({ byId }: Draft) =>
  cyclesOf([...byId.keys()], exitsIn(byId)).map((cycle) => {
    const members = new Set(cycle);
    const goTos = cycle
      .flatMap((id) => byId.get(id) ?? [])
      .filter(({ step, atMost }) => atMost !== undefined && exitsOf(step).some((exit) => members.has(exit)));
    return { cycle, goTos };
  });

/**
 * How often each step may be visited: once, or, on the way round of declared loops, once more for each time that a
 * go-to may lead back. At most 1,000 times.
 */
export const visitsOf = (draft: Draft): ReadonlyMap<Name, number> =>
  new Map(declaredLoops(draft).flatMap(({ cycle, goTos }) => {
    const visits = goTos.reduce((sum, { atMost }) => sum + (atMost ?? 0), 1);
    return cycle.map((id) => [id, Math.min(visits, most)] as const);
  }));

/** The ids of the go-tos whose limit limits something. */
export const limitedGoTos = (draft: Draft): ReadonlySet<Name> =>
  new Set(declaredLoops(draft).flatMap(({ goTos }) => goTos.map(({ step }) => step.id)));
