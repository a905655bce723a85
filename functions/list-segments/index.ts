import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { apiEntry } from '../middleware.ts';
import { listSegments, SegmentsRequest } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(SegmentsRequest, listSegments({ segments: segments(runtime, required(env.journeysTable)) }));

export const handler = bind(awsRuntime);
