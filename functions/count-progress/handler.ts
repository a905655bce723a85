import type { Change, Deltas } from '../../lib/core/engine/counts.ts';
import { addDeltas, enrolmentChanges, followUpDeltas, ofAllJourneys, sendDeltas, withdrawalDeltas } from '../../lib/core/engine/counts.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import type { FollowUp } from '../../lib/core/engine/follow-up.ts';
import { streamDeltas } from '../../lib/core/engine/stream.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import type { Withdrawal } from '../../lib/core/engine/withdrawal.ts';
import type { CountStore, VersionDeltas } from '../../lib/core/ports.ts';

/** One write, as the streams of the tables tell it. */
export type Write =
  | { readonly sequence: string; readonly of: 'enrolment'; readonly change: Change<Enrolment> }
  | { readonly sequence: string; readonly of: 'send'; readonly change: Change<SendRecord> }
  | { readonly sequence: string; readonly of: 'withdrawal'; readonly change: Change<Withdrawal> }
  | { readonly sequence: string; readonly of: 'follow-up'; readonly change: Change<FollowUp> };

export type CountPorts = { readonly counts: CountStore };

const deltasOf = (write: Exclude<Write, { of: 'enrolment' }>): Deltas => {
  switch (write.of) {
    case 'send': return sendDeltas(write.change);
    case 'withdrawal': return withdrawalDeltas(write.change);
    case 'follow-up': return followUpDeltas(write.change);
  }
};

/** A withdrawal touches journeys of its own choosing, and open tasks are work of no journey: both count for all together. */
const countedFor = (write: Exclude<Write, { of: 'enrolment' }>): Omit<VersionDeltas, 'deltas'> | undefined =>
  (write.of === 'send' ? write.change.after ?? write.change.before : ofAllJourneys);

/** A run counts for its version, and for both where it is moved; a send counts for its version, and a commercial one for the stream of all commercial mail too. */
const addedBy = (write: Write): readonly VersionDeltas[] => {
  if (write.of === 'enrolment') {
    return enrolmentChanges(write.change).map((counted) => ({ ...counted, journey: write.change.after?.journey ?? '' }));
  }
  const row = countedFor(write);
  return [
    ...(row === undefined ? [] : [{ journey: row.journey, version: row.version, deltas: deltasOf(write) }]),
    ...(write.of === 'send' ? streamDeltas(write.change) : []),
  ];
};

const byVersion = (writes: readonly Write[]): readonly VersionDeltas[] => {
  const groups = new Map<string, { journey: string; version: number; deltas: Deltas[] }>();
  for (const { journey, version, deltas } of writes.flatMap(addedBy)) {
    const name = `${journey}#${version}`;
    const group = groups.get(name) ?? { journey, version, deltas: [] };
    group.deltas.push(deltas);
    groups.set(name, group);
  }
  return [...groups.values()]
    .map(({ journey, version, deltas }) => ({ journey, version, deltas: addDeltas(deltas) }))
    .filter(({ deltas }) => Object.keys(deltas).length > 0);
};

/**
 * Folds a batch of writes into the counts of their versions: one transaction for hundreds of writes, so counting costs
 * next to nothing per contact. The batch's first and last sequence numbers name it; one that comes again is known.
 */
export const countProgress = ({ counts }: CountPorts) => async (source: string, writes: readonly Write[]): Promise<void> => {
  const changes = byVersion(writes);
  const first = writes[0];
  const last = writes.at(-1);
  if (changes.length === 0 || first === undefined || last === undefined) return;
  await counts.add(`${source}#${first.sequence}#${last.sequence}`, changes);
};
