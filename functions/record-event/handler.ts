import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { WakePorts } from '../../lib/core/engine/wake.ts';
import { wake } from '../../lib/core/engine/wake.ts';
import { ContactId, EventName } from '../../lib/core/ids.ts';
import { parseInstant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `POST /contacts/{contact}/events`. `id` and `at` together name the event, so sending it again is no change; `at`
 * defaults to now and lies at most a day back.
 */
export const EventRequest = z.strictObject({
  contact: ContactId,
  name: EventName,
  id: z.string().min(1).max(100).regex(/^[\w-]+$/u),
  at: z.iso.datetime({ offset: true }).optional(),
});
export type EventRequest = z.infer<typeof EventRequest>;

export type EventPorts = WakePorts & { readonly contacts: Pick<ContactStore, 'zone'> };

const daySeconds = 86_400;

export const recordEvent = (ports: EventPorts) => async ({ contact, name, id, at }: EventRequest): Promise<ApiAnswer> => {
  const now = ports.clock.now();
  const happened = at === undefined ? now : parseInstant(at);
  const ageSeconds = (Date.parse(now) - Date.parse(happened)) / 1000;
  if (ageSeconds < 0 || ageSeconds > daySeconds) throw new SendwellError('input.invalid', { faults: ['at: out of range'] });
  if (await ports.contacts.zone(contact) === undefined) throw new SendwellError('contact.unknown', { contact });
  return { status: 202, json: { resumed: await wake(ports, contact, { type: 'api', id, at: happened, name }) } };
};
