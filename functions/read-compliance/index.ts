import { counts } from '../../lib/aws/counts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { renewals } from '../../lib/aws/renewals.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { commercialStream } from '../../lib/aws/stream.ts';
import { versions } from '../../lib/aws/versions.ts';
import { withdrawals } from '../../lib/aws/withdrawals.ts';
import { apiEntry } from '../middleware.ts';
import { ComplianceRequest, readCompliance } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const store = counts(runtime, journeysTable);
  return apiEntry(ComplianceRequest, readCompliance({
    versions: versions(runtime, journeysTable),
    counts: store,
    stream: commercialStream(runtime, store),
    withdrawals: withdrawals(runtime, journeysTable),
    renewals: renewals(runtime, journeysTable),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
