import * as z from 'zod';
import { markOf } from '../../lib/core/engine/journey-state.ts';
import { migrationPartitions } from '../../lib/core/engine/migrate.ts';
import type { Migration } from '../../lib/core/engine/migration.ts';
import { faultsOf, StepMap } from '../../lib/core/engine/migration.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, MigrationStore, VersionReader, WorkQueue } from '../../lib/core/ports.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

const Version = z.int().min(1);

/** `POST /journeys/{journey}/migrations`. `steps` leads from steps of the old version to steps of the new one. */
export const MigrationRequest = z.strictObject({ journey: Name, from: Version, to: Version, steps: StepMap, dryRun: z.boolean() });
export type MigrationRequest = z.infer<typeof MigrationRequest>;

export type RequestMigrationPorts = {
  readonly versions: VersionReader;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly migrations: Pick<MigrationStore, 'open'>;
  readonly queue: WorkQueue;
  /** A fresh random id. */
  readonly newId: () => string;
  readonly clock: Clock;
};

/** Throws `input.invalid` with a line for each fault of the map, `version.draft`, `version.deleted`, `journey.unknown`. */
const check = async ({ versions, states }: RequestMigrationPorts, { journey, from, to, steps }: MigrationRequest): Promise<void> => {
  if (from === to) throw new SendwellError('input.invalid', { faults: ['to: the same version as from'] });
  const [old, next] = await Promise.all([versions.get(journey, from), versions.get(journey, to)]);
  const mark = markOf(await states.of(journey), to);
  if (mark !== 'published') throw new SendwellError(`version.${mark}`, { journey, version: to });
  const faults = faultsOf(old.plan, next.plan, steps);
  if (faults.length > 0) throw new SendwellError('input.invalid', { faults });
};

/** Moves those who wait in one version to another, or counts what would become of them; the report tells how far it is. */
export const requestMigration = (ports: RequestMigrationPorts) =>
  async (request: MigrationRequest, { caller }: ApiRequest): Promise<ApiAnswer> => {
    await check(ports, request);
    const { migrations, queue, newId, clock } = ports;
    const migration: Migration = { ...request, id: newId(), at: clock.now(), by: caller };
    const { journey, id } = migration;
    await migrations.open(migration);
    await queue.send(Array.from({ length: migrationPartitions }, (_, partition) => ({ migrate: { journey, id, partition, number: 0, tried: 0 } })));
    return { status: 202, json: migration };
  };
