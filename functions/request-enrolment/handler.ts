import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { entryInto } from '../../lib/core/engine/journey-state.ts';
import { errorTable, SendwellError } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, VersionNumbers, VersionReader, WorkQueue } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `POST /journeys/{journey}/enrolments`. Without `contacts` everybody in the segment that the journey enters from is
 * entered; with it, those of them who are members. Without `version` they enter the latest that is published. A paused
 * journey takes them and holds them at its start.
 */
export const EnrolRequest = z.strictObject({
  journey: Name,
  version: z.int().min(1).optional(),
  contacts: z.array(ContactId).min(1).max(100).optional(),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export type RequestPorts = {
  readonly contacts: Pick<ContactStore, 'segmentsOf'>;
  readonly versions: VersionReader & VersionNumbers;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly queue: WorkQueue;
  readonly clock: Clock;
};

const code = 'segment.not-a-member';

export const requestEnrolment = (ports: RequestPorts) => async (request: EnrolRequest): Promise<ApiAnswer> => {
  const [state, numbers] = await Promise.all([ports.states.of(request.journey), ports.versions.numbers(request.journey)]);
  const version = entryInto(state, numbers, request.version);
  const { plan: { enter } } = await ports.versions.get(request.journey, version);
  if (enter === undefined) throw new SendwellError('journey.no-list', { journey: request.journey, version });
  const { segment } = enter;
  const target = { journey: request.journey, version };
  // The key of each entry is of this instant, however late and however often its message is handled.
  const at = ports.clock.now();
  if (request.contacts === undefined) {
    await ports.queue.send([{ ...target, at, segment, cursor: null }]);
    return { status: 202, json: { ...target, segment } };
  }
  const judged = await Promise.all(request.contacts.map(async (contact) =>
    ({ contact, member: (await ports.contacts.segmentsOf(contact)).includes(segment) })));
  const members = judged.filter(({ member }) => member).map(({ contact }) => contact);
  if (members.length > 0) await ports.queue.send([{ ...target, at, contacts: members }]);
  const refused = judged.filter(({ member }) => !member)
    .map(({ contact }) => ({ contact, code, segment, remedy: errorTable[code].remedy }));
  return { status: 202, json: { ...target, accepted: members.length, refused } };
};
