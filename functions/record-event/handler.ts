import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { eventKey } from '../../lib/core/engine/event.ts';
import type { WakePorts } from '../../lib/core/engine/wake.ts';
import { wake } from '../../lib/core/engine/wake.ts';
import { attributeReader, readAttributes } from '../../lib/core/event/attributes.ts';
import type { Attributes } from '../../lib/core/event/attributes.ts';
import { ContactId, EventName } from '../../lib/core/ids.ts';
import { Phi } from '../../lib/core/phi.ts';
import type { EventCatalogue } from '../../lib/core/ports.ts';
import { parseInstant } from '../../lib/core/offset-instant.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `POST /contacts/{contact}/events`. `id` and `at` together name the event, so sending it again is no change; `at`
 * defaults to now and lies at most a day back. `attributes` are those that the event declares; they are PHI.
 */
export const EventRequest = z.strictObject({
  contact: ContactId,
  name: EventName,
  id: z.string().min(1).max(100).regex(/^[\w-]+$/u),
  at: z.iso.datetime({ offset: true }).optional(),
  attributes: z.record(z.string(), z.unknown()).transform((given) => new Phi(given)).optional(),
});
export type EventRequest = z.infer<typeof EventRequest>;

export type EventPorts = WakePorts & {
  readonly contacts: Pick<ContactStore, 'zone' | 'seal'>;
  readonly definitions: Pick<EventCatalogue, 'find'>;
};

const daySeconds = 86_400;

/** Undefined where the report has none. Throws `input.invalid` with the path of each attribute that is not as declared. */
const attributesOf = async ({ definitions }: EventPorts, { name, attributes }: EventRequest): Promise<Phi<Attributes> | undefined> => {
  const given = attributes?.open() ?? {};
  if (Object.keys(given).length === 0) return undefined;
  const read = readAttributes(await definitions.find(name), given);
  if ('faults' in read) throw new SendwellError('input.invalid', { faults: read.faults });
  return read.attributes;
};

/** Records an event and wakes who waits for it. What is not as declared is refused whole, and nothing is recorded. */
export const recordEvent = (ports: EventPorts) => async (request: EventRequest): Promise<ApiAnswer> => {
  const { contact, name, id } = request;
  const now = ports.clock.now();
  const at = request.at === undefined ? now : parseInstant(request.at);
  const ageSeconds = (Date.parse(now) - Date.parse(at)) / 1000;
  if (ageSeconds < 0 || ageSeconds > daySeconds) throw new SendwellError('input.invalid', { faults: ['at: out of range'] });
  const attributes = await attributesOf(ports, request);
  const zone = await ports.contacts.zone(contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact });
  const sealed = attributes === undefined ? undefined : await ports.contacts.seal(contact, eventKey({ at, id }), attributes);
  const event = { type: 'api' as const, id, at, name, ...(sealed === undefined ? {} : { sealed }) };
  return { status: 202, json: { resumed: await wake(ports, contact, event, { zone, attributesOf: () => attributeReader(attributes) }) } };
};
