import { counts } from '../../lib/aws/counts.ts';
import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { readReport, ReportRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(ReportRequest, readReport({ counts: counts(runtime, journeysTable), versions: versions(runtime, journeysTable) }), ['format']);
};

export const handler = bind(awsRuntime);
