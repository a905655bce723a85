import { duePartitionOf, dueShards } from '../../lib/core/engine/enrolment.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, WorkQueue } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';

export type SweepPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'due'>;
  /** Takes the runs that are due. */
  readonly queue: WorkQueue;
  /** Takes the timers that are due. */
  readonly timers: WorkQueue;
  readonly clock: Clock;
};

export type Swept = { readonly queued: number };

/** Above this many waiting messages a sweep adds none: what is due stays on the index, and the queue is paced by its consumers. */
const queueLimit = 1000;

const refsPerMessage = 25;

const inMessages = <T>(rows: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / refsPerMessage) }, (_, index) => rows.slice(index * refsPerMessage, (index + 1) * refsPerMessage));

/** Asks a queue for its depth once, and only when there is something for it. */
const roomIn = (queue: WorkQueue): (() => Promise<boolean>) => {
  let asked: Promise<boolean> | undefined;
  return () => {
    asked ??= queue.depth().then((depth) => depth <= queueLimit);
    return asked;
  };
};

const sweepShard = async (ports: SweepPorts, shard: number, now: Instant, takesTimers: () => Promise<boolean>): Promise<number> => {
  let queued = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await ports.enrolments.due(duePartitionOf(shard), now, after);
    await ports.queue.send(inMessages(page.due).map((due) => ({ due })));
    queued += page.due.length;
    if (page.timers.length > 0 && await takesTimers()) {
      await ports.timers.send(inMessages(page.timers).map((timers) => ({ timers })));
      queued += page.timers.length;
    }
    after = page.after;
  } while (after !== undefined);
  return queued;
};

/**
 * Queues whatever has come due: the end of a wait, of a lease that nobody ended, or a timer. Queueing one twice is
 * harmless, since a claim is a conditional write and a timer is looked at, not counted. The index is all the state there
 * is: however long the sweeper stood still, the next sweep finds whoever is due, the longest overdue first.
 */
export const sweepDue = (ports: SweepPorts) => async (): Promise<Swept> => {
  if (await ports.queue.depth() > queueLimit) return { queued: 0 };
  const now = ports.clock.now();
  const takesTimers = roomIn(ports.timers);
  const queued = await Promise.all(Array.from({ length: dueShards }, (_, shard) => sweepShard(ports, shard, now, takesTimers)));
  return { queued: queued.reduce((sum, count) => sum + count, 0) };
};
