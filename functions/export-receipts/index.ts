import * as z from 'zod';
import { archive } from '../../lib/aws/archive.ts';
import { env, required } from '../../lib/aws/env.ts';
import { receipts } from '../../lib/aws/receipts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { taskEntry } from '../middleware.ts';
import { exportReceipts } from './handler.ts';

export const bind = (runtime: Runtime) => taskEntry(z.unknown(), exportReceipts({
  receipts: receipts(runtime, required(env.receiptsTable)),
  archive: archive(runtime, required(env.receiptsBucket)),
  clock: runtime.clock,
}));

export const handler = bind(awsRuntime);
