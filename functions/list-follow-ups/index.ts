import { env, required } from '../../lib/aws/env.ts';
import { followUps } from '../../lib/aws/follow-ups.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { apiEntry } from '../middleware.ts';
import { FollowUpsRequest, listFollowUps } from './handler.ts';

export const bind = (runtime: Runtime) =>
  apiEntry(FollowUpsRequest, listFollowUps({ followUps: followUps(runtime, required(env.journeysTable)) }), ['after']);

export const handler = bind(awsRuntime);
