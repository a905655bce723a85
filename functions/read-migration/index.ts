import { env, required } from '../../lib/aws/env.ts';
import { migrations } from '../../lib/aws/migrations.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { apiEntry } from '../middleware.ts';
import { MigrationReportRequest, readMigration } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(MigrationReportRequest, readMigration({ migrations: migrations(runtime, required(env.journeysTable)) }));

export const handler = bind(awsRuntime);
