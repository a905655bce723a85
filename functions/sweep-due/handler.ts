import { duePartitionOf, dueShards } from '../../lib/core/engine/enrolment.ts';
import type { Clock, EnrolmentStore, WorkQueue } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';

export type SweepPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'due'>;
  readonly queue: WorkQueue;
  readonly clock: Clock;
};

export type Swept = { readonly queued: number };

/** Above this many waiting messages a sweep adds none: what is due stays on the index, and the queue is paced by its consumers. */
const queueLimit = 1000;

const refsPerMessage = 25;

const sweepShard = async ({ enrolments, queue }: SweepPorts, shard: number, now: Instant): Promise<number> => {
  let queued = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await enrolments.due(duePartitionOf(shard), now, after);
    const messages = [];
    for (let start = 0; start < page.due.length; start += refsPerMessage) messages.push({ due: page.due.slice(start, start + refsPerMessage) });
    await queue.send(messages);
    queued += page.due.length;
    after = page.after;
  } while (after !== undefined);
  return queued;
};

/**
 * Queues every enrolment whose time has come: the end of a wait, or of a lease that nobody ended. Queueing one twice is
 * harmless, since a claim is a conditional write. The index is all the state there is: however long the sweeper stood
 * still, the next sweep finds whoever is due, the longest overdue first.
 */
export const sweepDue = (ports: SweepPorts) => async (): Promise<Swept> => {
  if (await ports.queue.depth() > queueLimit) return { queued: 0 };
  const now = ports.clock.now();
  const queued = await Promise.all(Array.from({ length: dueShards }, (_, shard) => sweepShard(ports, shard, now)));
  return { queued: queued.reduce((sum, count) => sum + count, 0) };
};
