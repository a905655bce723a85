import type { Name } from '../ids.ts';
import { componentsOf } from '../journey/graph.ts';
import type { Instant } from '../time.ts';
import type { Condition } from './condition.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { segmentsIn } from './needs.ts';
import type { PublishedSegment } from './segment.ts';

/** A segment that selects its members by a condition. */
export type Selecting = { readonly segment: Name; readonly where: Condition };

/** The segments that select; one that was taken out of the app does not any more, and keeps the members that it has. */
export const selectingOf = (segments: readonly Pick<PublishedSegment, 'segment' | 'where' | 'retired'>[]): readonly Selecting[] =>
  segments.flatMap(({ segment, where, retired = false }) => (where === null || retired ? [] : [{ segment, where }]));

/** Each after those that its condition reads. Segments that read each other are refused before they are published. */
export const inOrder = (selecting: readonly Selecting[]): readonly Selecting[] => {
  const byName = new Map(selecting.map((one) => [one.segment, one]));
  const reads = (name: Name): readonly Name[] => {
    const known = byName.get(name);
    return known === undefined ? [] : segmentsIn(known.where).filter((read) => byName.has(read));
  };
  return componentsOf([...byName.keys()], reads).flat().flatMap((name) => byName.get(name) ?? []);
};

export type Members = {
  /** The segments that the contact belongs to by their conditions. */
  readonly names: readonly Name[];
  /** All that it belongs to, those without a condition too. */
  readonly all: ReadonlySet<Name>;
  /** The first later instant at which time alone may change that. */
  readonly until: Instant | undefined;
};

/** Judges every condition on the facts; of what the facts hold of segments that select, nothing is taken as given. */
export const membersOf = (selecting: readonly Selecting[], facts: Facts): Members => {
  const selects = new Set(selecting.map(({ segment }) => segment));
  const all = new Set([...facts.segments].filter((name) => !selects.has(name)));
  const untils: Instant[] = [];
  const names: Name[] = [];
  for (const { segment, where } of inOrder(selecting)) {
    const { result, until } = evaluate(where, { ...facts, segments: all });
    if (until !== undefined) untils.push(until);
    if (result !== 'yes') continue;
    all.add(segment);
    names.push(segment);
  }
  return { names: names.toSorted(), all, until: untils.sort()[0] };
};
