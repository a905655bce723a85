import * as z from 'zod';
import { followUpKeyOf } from '../../lib/core/engine/follow-up.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { Clock, FollowUpStore } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `POST /follow-ups/{id}/closure`. */
export const ClosureRequest = z.strictObject({ id: z.string().min(1).max(300) });
export type ClosureRequest = z.infer<typeof ClosureRequest>;

export type ClosurePorts = { readonly followUps: Pick<FollowUpStore, 'close'>; readonly clock: Clock };

/** Closes a task; closing it again keeps the first instant. Throws `follow-up.unknown`. */
export const closeFollowUp = ({ followUps, clock }: ClosurePorts) => async ({ id }: ClosureRequest): Promise<ApiAnswer> => {
  const task = await followUps.close(followUpKeyOf(id), clock.now());
  if (task === undefined) throw new SendwellError('follow-up.unknown');
  return { status: 200, json: { id, ...task } };
};
