import * as z from 'zod';
import { migrationPartitions } from '../../lib/core/engine/migrate.ts';
import { addTallies, isDone, MigrationId } from '../../lib/core/engine/migration.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { Name } from '../../lib/core/ids.ts';
import type { MigrationStore } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /journeys/{journey}/migrations/{id}`. */
export const MigrationReportRequest = z.strictObject({ journey: Name, id: MigrationId });
export type MigrationReportRequest = z.infer<typeof MigrationReportRequest>;

export type MigrationReportPorts = { readonly migrations: Pick<MigrationStore, 'get' | 'tallies'> };

/**
 * How far a migration is: by step of the old version how many were found waiting there, moved, or left where they are
 * because the map leads them nowhere. `underWay` were in a burst at every try and stay too; `gone` ended meanwhile.
 */
export const readMigration = ({ migrations }: MigrationReportPorts) =>
  async ({ journey, id }: MigrationReportRequest): Promise<ApiAnswer> => {
    const migration = await migrations.get(journey, id);
    if (migration === undefined) throw new SendwellError('migration.unknown', { journey, migration: id });
    const kept = await migrations.tallies(id);
    const { steps, underWay, gone } = addTallies(kept.map(({ tally }) => tally));
    const sum = (of: 'found' | 'moved' | 'unmapped'): number => Object.values(steps).reduce((total, step) => total + step[of], 0);
    return {
      status: 200,
      json: {
        ...migration,
        done: isDone(kept, migrationPartitions),
        report: { found: sum('found'), moved: sum('moved'), unmapped: sum('unmapped'), underWay, gone, steps },
      },
    };
  };
