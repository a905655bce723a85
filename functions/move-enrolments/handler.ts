import * as z from 'zod';
import { dueShards } from '../../lib/core/engine/enrolment.ts';
import type { MigratePorts } from '../../lib/core/engine/migrate.ts';
import { migratePage, migrationPartitions } from '../../lib/core/engine/migrate.ts';
import { MigrationId } from '../../lib/core/engine/migration.ts';
import type { ReleasePorts } from '../../lib/core/engine/release.ts';
import { releasePage } from '../../lib/core/engine/release.ts';
import { Name } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';

const Cursor = z.record(z.string(), z.unknown());

/** A page of runs to let go on after a pause, or to move to another version. */
export const MoveMessage = z.union([
  z.strictObject({
    release: z.strictObject({ journey: Name, at: Instant, shard: z.int().min(0).max(dueShards - 1), after: Cursor.optional() }),
  }),
  z.strictObject({
    migrate: z.strictObject({
      journey: Name, id: MigrationId, partition: z.int().min(0).max(migrationPartitions - 1), number: z.int().min(0),
      after: Cursor.optional(), tried: z.int().min(0),
    }),
  }),
]);
export type MoveMessage = z.infer<typeof MoveMessage>;

export type MovePorts = ReleasePorts & MigratePorts;

/** Works off one page and queues the place of the next one. A message that comes twice does no harm. */
export const moveEnrolments = (ports: MovePorts) => async (message: MoveMessage): Promise<void> => {
  if ('migrate' in message) return migratePage(ports, message.migrate);
  const next = await releasePage(ports, message.release);
  if (next !== undefined) await ports.queue.send([{ release: next }]);
};
