import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { entryInto } from '../../lib/core/engine/journey-state.ts';
import { groupsByRunValue, groupsOf, verdictOn } from '../../lib/core/engine/launch.ts';
import type { Verdict } from '../../lib/core/engine/launch.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import { Name } from '../../lib/core/ids.ts';
import { groupOf } from '../../lib/core/journey/assign.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock, CommercialStream, JourneyStates, PublishedVersion, VersionNumbers, VersionReader } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `POST /journeys/{journey}/launch-checks`. */
export const LaunchRequest = z.strictObject({
  journey: Name,
  /** Default: the latest that is published. A draft is looked at where it is named. */
  version: z.int().min(1).optional(),
  /** How many members of the segment are looked at. */
  sample: z.int().min(1).max(500).default(100),
});
export type LaunchRequest = z.infer<typeof LaunchRequest>;

export type LaunchPorts = {
  readonly contacts: Pick<ContactStore, 'open' | 'members'>;
  readonly versions: VersionReader & VersionNumbers;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly stream: CommercialStream;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** The first members in the order of the segment's index, and whether there are more. */
const firstMembers = async ({ contacts }: LaunchPorts, segment: string, most: number) => {
  const found: ContactId[] = [];
  let cursor: string | undefined;
  do {
    const page = await contacts.members(segment, cursor);
    found.push(...page.contacts);
    cursor = page.cursor;
  } while (cursor !== undefined && found.length <= most);
  return { members: found.slice(0, most), more: found.length > most || cursor !== undefined };
};

type Judged = { readonly contact: ContactId; readonly verdict: Verdict };

const judge = async (ports: LaunchPorts, version: PublishedVersion, contact: ContactId, complaintRate: number): Promise<readonly Judged[]> => {
  if (await groupOf(version.plan, contact) === 'holdout') return [{ contact, verdict: { kind: 'refused', reason: 'HOLDOUT' } }];
  try {
    const opened = await ports.contacts.open(contact);
    return opened === undefined ? [] : [{ contact, verdict: verdictOn(version, ports.organisation, contact, opened, ports.clock.now(), complaintRate) }];
  } catch (error) {
    // Somebody whose key is gone is nobody any more.
    if (error instanceof SendwellError && error.code === 'contact.shredded') return [];
    throw error;
  }
};

const latest = async ({ states, versions }: LaunchPorts, journey: string): Promise<number> =>
  entryInto({ ...await states.of(journey), retired: undefined }, await versions.numbers(journey), undefined);

const atOnce = 25;

/**
 * Before people are entered: how many of the journey's segment a message would be permitted to now, how many only
 * later, how many are refused, why, and what each group would need. Values that only a run can bring count apart, in
 * `knownOnlyWithRun`, among those permitted. It looks at the first members up to `sample`, not
 * at a random choice, and says whether there are more. Each contact is opened, which is one `Decrypt` in the audit
 * trail, but for those whom the journey holds out.
 */
export const checkLaunch = (ports: LaunchPorts) => async (request: LaunchRequest): Promise<ApiAnswer> => {
  const version = request.version ?? await latest(ports, request.journey);
  const published = await ports.versions.get(request.journey, version);
  const { enter } = published.plan;
  if (enter === undefined) throw new SendwellError('journey.no-list', { journey: request.journey, version });
  const { segment } = enter;
  const { members, more } = await firstMembers(ports, segment, request.sample);
  const { rate } = await ports.stream.figures();
  const judged: Judged[] = [];
  for (let start = 0; start < members.length; start += atOnce) {
    const batch = await Promise.all(members.slice(start, start + atOnce).map((contact) => judge(ports, published, contact, rate)));
    judged.push(...batch.flat());
  }
  return {
    status: 200,
    json: {
      journey: request.journey, version, segment, checked: judged.length, more,
      permitted: judged.filter(({ verdict }) => verdict.kind === 'permitted').length,
      knownOnlyWithRun: groupsByRunValue(judged), later: groupsOf('later', judged), refused: groupsOf('refused', judged),
    },
  };
};
