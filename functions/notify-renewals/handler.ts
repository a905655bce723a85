import { entryInto } from '../../lib/core/engine/journey-state.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock, JourneyStates, RenewalStore, VersionNumbers, WorkQueue } from '../../lib/core/ports.ts';
import { addSeconds } from '../../lib/core/time.ts';

export type NotifyPorts = {
  readonly renewals: Pick<RenewalStore, 'ending'>;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly versions: VersionNumbers;
  /** Of those who are to be entered. */
  readonly queue: WorkQueue;
  readonly organisation: Pick<Organisation, 'renewals'>;
  readonly clock: Clock;
};

type Entry = { readonly contact: ContactId; readonly key: string };

const entriesPerMessage = 25;

/**
 * Daily: enters whoever gave an authorization that ends within `daysBefore` days into the journey of the notice. The id of
 * the record is the key of the entry, so each authorization is noticed once, however often this runs. What was revoked,
 * or is covered by a longer one, is passed over. The notice itself passes the send gate like any message.
 */
export const notifyRenewals = (ports: NotifyPorts) => async (): Promise<{ readonly queued: number }> => {
  const { renewals: wanted } = ports.organisation;
  if (wanted === undefined) return { queued: 0 };
  const { journey, daysBefore } = wanted;
  const now = ports.clock.now();
  const until = addSeconds(now, daysBefore * 86_400);
  const [state, numbers] = await Promise.all([ports.states.of(journey), ports.versions.numbers(journey)]);
  const target = { journey, version: entryInto(state, numbers, undefined) };
  const queue = async (entries: readonly Entry[]): Promise<void> => {
    const starts = Array.from({ length: Math.ceil(entries.length / entriesPerMessage) }, (_, index) => index * entriesPerMessage);
    if (starts.length > 0) await ports.queue.send(starts.map((start) => ({ ...target, entries: entries.slice(start, start + entriesPerMessage) })));
  };
  let queued = 0;
  for await (const ending of ports.renewals.ending(now, until)) {
    await queue(ending.map(({ contact, record }) => ({ contact, key: record })));
    queued += ending.length;
  }
  return { queued };
};
