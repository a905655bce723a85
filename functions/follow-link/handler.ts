import * as z from 'zod';
import { SendwellError } from '../../lib/core/errors.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { readVisit } from '../../lib/core/engine/enrolment.ts';
import { isAutomated } from '../../lib/core/engine/scanner.ts';
import type { WakePorts } from '../../lib/core/engine/wake.ts';
import { wake } from '../../lib/core/engine/wake.ts';
import type { Link } from '../../lib/core/link/token.ts';
import type { VersionReader } from '../../lib/core/ports.ts';
import { millisecondsOf } from '../../lib/core/time.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `GET /l/{token}`: leads a reader on to where a named link points, and records the click. */
export const FollowRequest = z.strictObject({ token: z.string().min(1).max(1000) });
export type FollowRequest = z.infer<typeof FollowRequest>;

export type FollowPorts = WakePorts & {
  readonly readLink: (token: string) => Promise<Link>;
  readonly versions: VersionReader;
};

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
  const location = step.kind === 'send' ? templates[step.template]?.links[link.link] : undefined;
  if (location === undefined) throw new SendwellError('link.invalid');
  const at = ports.clock.now();
  const visit = enrolment.visited[link.step];
  const automated = isAutomated({ ...request, at, sentAt: visit === undefined ? undefined : readVisit(visit).at });
  // One click a minute and link is kept: a reader who presses twice clicked once.
  const id = `${link.enrolment}-${link.step}-${link.leg}-${link.link}-${Math.floor(millisecondsOf(at) / 60_000)}${automated ? '-automated' : ''}`;
  await wake(ports, link.contact, {
    type: 'click', id, at, enrolment: link.enrolment, step: link.step, link: link.link, automated,
  });
  return { status: 302, location };
};
