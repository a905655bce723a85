import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { migrations } from '../../lib/aws/migrations.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { base32 } from '../../lib/core/digest.ts';
import { apiEntry } from '../middleware.ts';
import { MigrationRequest, requestMigration } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(MigrationRequest, requestMigration({
    states: journeyStates(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    migrations: migrations(runtime, journeysTable),
    queue: queue(runtime, required(env.moveQueue)),
    newId: () => `m_${base32(crypto.getRandomValues(new Uint8Array(17)), 26)}`,
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
