import * as z from 'zod';
import { followUpId, followUpKey, followUpKeyOf } from '../../lib/core/engine/follow-up.ts';
import type { FollowUpStore } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /follow-ups?after={cursor}`. */
export const FollowUpsRequest = z.strictObject({ after: z.string().min(1).max(300).optional() });
export type FollowUpsRequest = z.infer<typeof FollowUpsRequest>;

export type FollowUpsPorts = { readonly followUps: Pick<FollowUpStore, 'list'> };

/**
 * The open follow-up tasks, oldest first: contacts whom a message of care did not reach, and why. A page may be short;
 * there are more until `after` is null. Throws `follow-up.unknown` for a cursor that is none.
 */
export const listFollowUps = ({ followUps }: FollowUpsPorts) => async ({ after }: FollowUpsRequest): Promise<ApiAnswer> => {
  const page = await followUps.list(after === undefined ? undefined : followUpKeyOf(after));
  const tasks = page.tasks.map((task) => ({ id: followUpId(followUpKey(task)), ...task }));
  return { status: 200, json: { tasks, after: page.cursor === undefined ? null : followUpId(page.cursor) } };
};
