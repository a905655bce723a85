import * as z from 'zod';
import { dueShards } from '../../lib/core/engine/enrolment.ts';
import type { ReleasePorts } from '../../lib/core/engine/release.ts';
import { releasePage } from '../../lib/core/engine/release.ts';
import { Name } from '../../lib/core/ids.ts';
import type { WorkQueue } from '../../lib/core/ports.ts';
import { Instant } from '../../lib/core/time.ts';

const Cursor = z.record(z.string(), z.unknown());

/** A page of runs to let go on after a pause. */
export const MoveMessage = z.strictObject({
  release: z.strictObject({ journey: Name, at: Instant, shard: z.int().min(0).max(dueShards - 1), after: Cursor.optional() }),
});
export type MoveMessage = z.infer<typeof MoveMessage>;

export type MovePorts = ReleasePorts & { readonly queue: WorkQueue };

/** Works off one page, then queues the place of the next one. A message that comes twice does no harm. */
export const moveEnrolments = (ports: MovePorts) => async ({ release }: MoveMessage): Promise<void> => {
  const next = await releasePage(ports, release);
  if (next !== undefined) await ports.queue.send([{ release: next }]);
};
