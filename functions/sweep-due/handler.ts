import { bucketOf, bucketSeconds, dueShards } from '../../lib/core/engine/enrolment.ts';
import type { Clock, EnrolmentStore, Watermarks, WorkQueue } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import { addSeconds } from '../../lib/core/time.ts';

export type SweepPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'due'>;
  readonly watermarks: Watermarks;
  readonly queue: WorkQueue;
  readonly clock: Clock;
};

export type Swept = { readonly queued: number };

/** A row may reach the index late: by a slow writer (a function lives 15 minutes at most), a skewed clock, or the index's own lag. */
const lookBackSeconds = 1800;

/** Above this many waiting messages a sweep adds none: what is due stays on the index, and the queue is paced by its consumers. */
const queueLimit = 1000;

const refsPerMessage = 25;

const bucketsFrom = (from: Instant, now: Instant): readonly Instant[] => {
  const buckets: Instant[] = [];
  for (let bucket = from; bucket <= now; bucket = addSeconds(bucket, bucketSeconds)) buckets.push(bucket);
  return buckets;
};

/** Finds what is due in one shard, oldest first, and moves the shard's watermark up to the oldest bucket still in use. */
const sweepShard = async (ports: SweepPorts, shard: number, now: Instant): Promise<number> => {
  const settled = bucketOf(addSeconds(now, -lookBackSeconds));
  const mark = await ports.watermarks.get(shard) ?? settled;
  let oldest: Instant | undefined;
  let queued = 0;
  for (const bucket of bucketsFrom(mark, now)) {
    let after: Record<string, unknown> | undefined;
    do {
      const page = await ports.enrolments.due(`due#${bucket}#${shard}`, now, after);
      if (page.due.length > 0) oldest ??= bucket;
      const messages = [];
      for (let start = 0; start < page.due.length; start += refsPerMessage) messages.push({ due: page.due.slice(start, start + refsPerMessage) });
      await ports.queue.send(messages);
      queued += page.due.length;
      after = page.after;
    } while (after !== undefined);
  }
  const next = oldest === undefined || oldest > settled ? settled : oldest;
  if (next > mark) await ports.watermarks.set(shard, next);
  return queued;
};

/**
 * Queues every enrolment whose time has come: the end of a wait, or of a lease that nobody ended. Queueing one twice is
 * harmless, since a claim is a conditional write. However long the sweeper stood still, it goes on where it stopped.
 */
export const sweepDue = (ports: SweepPorts) => async (): Promise<Swept> => {
  if (await ports.queue.depth() > queueLimit) return { queued: 0 };
  const now = ports.clock.now();
  const queued = await Promise.all(Array.from({ length: dueShards }, (_, shard) => sweepShard(ports, shard, now)));
  return { queued: queued.reduce((sum, count) => sum + count, 0) };
};
