import type { Change, Deltas } from '../../lib/core/engine/counts.ts';
import { addDeltas, enrolmentDeltas, sendDeltas } from '../../lib/core/engine/counts.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import type { CountStore, VersionDeltas } from '../../lib/core/ports.ts';

/** One write, as the streams of the tables tell it. */
export type Write =
  | { readonly sequence: string; readonly of: 'enrolment'; readonly change: Change<Enrolment> }
  | { readonly sequence: string; readonly of: 'send'; readonly change: Change<SendRecord> };

export type CountPorts = { readonly counts: CountStore };

const deltasOf = (write: Write): Deltas => (write.of === 'enrolment' ? enrolmentDeltas(write.change) : sendDeltas(write.change));

const byVersion = (writes: readonly Write[]): readonly VersionDeltas[] => {
  const groups = new Map<string, { journey: string; version: number; deltas: Deltas[] }>();
  for (const write of writes) {
    const row = write.change.after ?? write.change.before;
    if (row === undefined) continue;
    const name = `${row.journey}#${row.version}`;
    const group = groups.get(name) ?? { journey: row.journey, version: row.version, deltas: [] };
    group.deltas.push(deltasOf(write));
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
