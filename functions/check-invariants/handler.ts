import { nobodyLost } from '../../lib/core/engine/counts.ts';
import { duePartitionOf, dueShards } from '../../lib/core/engine/enrolment.ts';
import type { Clock, CountStore, EnrolmentStore, VersionCatalogue } from '../../lib/core/ports.ts';
import { addSeconds } from '../../lib/core/time.ts';

export type CheckPorts = {
  readonly versions: VersionCatalogue;
  readonly counts: Pick<CountStore, 'read'>;
  readonly enrolments: Pick<EnrolmentStore, 'due'>;
  readonly clock: Clock;
};

export type Checked = { readonly lost: readonly string[]; readonly overdue: number };

/** Twice the longest lease: what is due for longer than this should have been resumed, or tried again, long ago. */
const overdueSeconds = 1800;

/**
 * Nobody is lost: for each version, entered = active + completed + exited + failed, and nothing on the due index is
 * overdue. Both figures are metrics with an alarm.
 */
export const checkInvariants = (ports: CheckPorts) => async (): Promise<Checked> => {
  const versions = await ports.versions.all();
  const checked = await Promise.all(versions.map(async ({ journey, version }) =>
    ({ name: `${journey}-v${version}`, whole: nobodyLost(await ports.counts.read(journey, version)) })));
  const limit = addSeconds(ports.clock.now(), -overdueSeconds);
  const overdue = await Promise.all(Array.from({ length: dueShards }, async (_, shard) => {
    const page = await ports.enrolments.due(duePartitionOf(shard), limit);
    return page.due.length;
  }));
  return { lost: checked.filter(({ whole }) => !whole).map(({ name }) => name), overdue: overdue.reduce((sum, count) => sum + count, 0) };
};
