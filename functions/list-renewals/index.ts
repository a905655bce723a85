import { env, required } from '../../lib/aws/env.ts';
import { renewals } from '../../lib/aws/renewals.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { apiEntry } from '../middleware.ts';
import { listRenewals, RenewalsRequest } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(RenewalsRequest, listRenewals({ renewals: renewals(runtime, required(env.journeysTable)) }), ['month', 'after']);

export const handler = bind(awsRuntime);
