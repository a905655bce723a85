import * as z from 'zod';
import { SendwellError } from '../../lib/core/errors.ts';
import { openOf } from '../../lib/core/engine/mail-event.ts';
import type { WakePorts } from '../../lib/core/engine/wake.ts';
import { wake } from '../../lib/core/engine/wake.ts';
import type { Opened } from '../../lib/core/link/open-token.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `GET /o/{token}`: the image at the end of a mail; fetching it records that the mail was opened. */
export const OpenRequest = z.strictObject({ token: z.string() });
export type OpenRequest = z.infer<typeof OpenRequest>;

export type OpenPorts = WakePorts & { readonly readImage: (token: string) => Promise<Opened> };

/** A GIF of one transparent pixel, 43 bytes, as base64. */
const pixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==';

const record = async (ports: OpenPorts, token: string, request: ApiRequest): Promise<void> => {
  const { contact, ...mail } = await ports.readImage(token);
  const enrolment = (await ports.enrolments.ofContact(contact)).find((row) => row.enrolment === mail.enrolment);
  if (enrolment !== undefined) await wake(ports, contact, openOf(enrolment, mail, request, ports.clock.now()));
};

/** Every request has the same answer, whatever the token: it never says whose mail it is, nor whether there is one. */
export const recordOpen = (ports: OpenPorts) => async ({ token }: OpenRequest, request: ApiRequest): Promise<ApiAnswer> => {
  const answer = { status: 200 as const, gif: pixel };
  if (request.method !== 'GET') return answer;
  try {
    await record(ports, token, request);
  } catch (error) {
    if (!(error instanceof SendwellError) || error.code !== 'link.invalid') throw error;
  }
  return answer;
};
