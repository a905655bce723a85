import { env, required } from '../../lib/aws/env.ts';
import { receipts } from '../../lib/aws/receipts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { apiEntry } from '../middleware.ts';
import { readReceipts, ReceiptsRequest } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(ReceiptsRequest, readReceipts({ receipts: receipts(runtime, required(env.receiptsTable)) }));

export const handler = bind(awsRuntime);
