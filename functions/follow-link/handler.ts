import * as z from 'zod';
import { SendwellError } from '../../lib/core/errors.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import type { ClickPorts } from '../../lib/core/engine/mail-event.ts';
import { clickOf, recordClick } from '../../lib/core/engine/mail-event.ts';
import type { Link } from '../../lib/core/link/token.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `GET /l/{token}`: leads a reader on to where a named link points, and records the click. */
export const FollowRequest = z.strictObject({ token: z.string().min(1).max(1000) });
export type FollowRequest = z.infer<typeof FollowRequest>;

export type FollowPorts = ClickPorts & { readonly readLink: (token: string) => Promise<Link> };

/**
 * Follows a link. A click changes no consent, and an automated one wakes no wait. The answer never says whose link it
 * is; a link that does not open is not found.
 */
export const followLink = (ports: FollowPorts) => async ({ token }: FollowRequest, request: ApiRequest): Promise<ApiAnswer> => {
  const link = await ports.readLink(token);
  const enrolment = (await ports.enrolments.ofContact(link.contact)).find((row) => row.enrolment === link.enrolment);
  if (enrolment === undefined) throw new SendwellError('link.invalid');
  const { plan, templates } = await ports.versions.get(enrolment.journey, enrolment.version);
  const step = stepOf(plan, link.step);
  const links = step.kind === 'send' ? templates[step.template]?.links ?? {} : {};
  const location = links[link.link];
  if (location === undefined) throw new SendwellError('link.invalid');
  await recordClick(ports, enrolment, clickOf(enrolment, link, request, ports.clock.now(), Object.keys(links).length));
  return { status: 302, location };
};
