import type { EventDefinition } from '../event/definition.ts';
import { eventFindings } from '../journey/checks/awaited.ts';
import type { Finding } from '../journey/findings.ts';
import { finding } from '../journey/findings.ts';
import { cyclesOf } from '../journey/graph.ts';
import { readableFields, revealedBy } from '../journey/reveals.ts';
import type { Leaf } from './condition.ts';
import { leavesOf, mailIn, segmentsIn } from './needs.ts';
import type { Segment } from './segment.ts';

/** A condition that only a run of a journey can answer. */
export const ofRun = (leaf: Leaf, path: string): readonly Finding[] => {
  if ('outcome' in leaf || 'attribute' in leaf) {
    return [finding('segment.reads-a-run', path, 'it asks about a run of a journey, and a segment knows of none')];
  }
  const mail = mailIn(leaf);
  if (mail?.of === undefined || mail.journey !== undefined) return [];
  return [finding('segment.reads-a-run', path, `it names the step "${mail.of}" and no journey`)];
};

const placed = (at: string, path: string): string => (path === '' ? at : `${at}.${path}`);

/** Everything that keeps the segments of an app from selecting people; `events` are those that the app declares. */
export const checkSegments = (
  segments: readonly Pick<Segment, 'segment' | 'where'>[], events: readonly EventDefinition[],
): readonly Finding[] => {
  const names = new Set(segments.map(({ segment }) => segment));
  const wheres = new Map(segments.flatMap(({ segment, where }) => (where === null ? [] : [[segment, where] as const])));
  const reads = (name: string): readonly string[] => {
    const where = wheres.get(name);
    return where === undefined ? [] : segmentsIn(where).filter((read) => wheres.has(read));
  };
  const twice = segments.flatMap(({ segment }, index) => (segments.findIndex((other) => other.segment === segment) < index
    ? [finding('segment.duplicate', `[${index}].segment`, `"${segment}" is defined already`)] : []));
  const inside = segments.flatMap(({ where }, index) => (where === null ? [] : leavesOf(where).flatMap((place) => {
    const at = placed(`[${index}].where`, place.path);
    if ('field' in place.leaf && revealedBy(place.leaf.field) === undefined) {
      return [finding('journey.unknown-field', `${at}.field`, `the condition reads "${place.leaf.field}"; there are ${readableFields.join(', ')}`)];
    }
    if ('segment' in place.leaf && !names.has(place.leaf.segment)) {
      return [finding('journey.unknown-segment', `${at}.segment`, `there is no segment "${place.leaf.segment}"`)];
    }
    return 'event' in place.leaf ? eventFindings(place.leaf, at, { context: { events } }) : ofRun(place.leaf, at);
  })));
  const cycles = cyclesOf([...wheres.keys()], reads).map((cycle) => {
    const index = segments.findIndex(({ segment }) => cycle.includes(segment));
    return finding('segment.cycle', `[${index}].where`, `these segments select by each other: ${cycle.toSorted().join(', ')}`);
  });
  return [...twice, ...inside, ...cycles];
};
