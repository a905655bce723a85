import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { withdrawals } from '../../lib/aws/withdrawals.ts';
import { apiEntry } from '../middleware.ts';
import { readWithdrawals, WithdrawalsRequest } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(WithdrawalsRequest, readWithdrawals({ withdrawals: withdrawals(runtime, required(env.journeysTable)) }));

export const handler = bind(awsRuntime);
