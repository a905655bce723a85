import { nobodyLost } from '../../lib/core/engine/counts.ts';
import { duePartitionOf, dueShards, heldPartitionOf } from '../../lib/core/engine/enrolment.ts';
import type { WithdrawalKey } from '../../lib/core/engine/withdrawal.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, CountStore, JourneyStates, VersionCatalogue, WithdrawalStore, WorkQueue } from '../../lib/core/ports.ts';
import { addSeconds, millisecondsOf } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';

export type CheckPorts = {
  readonly versions: VersionCatalogue;
  readonly counts: Pick<CountStore, 'read'>;
  readonly enrolments: Pick<EnrolmentStore, 'due' | 'standing'>;
  readonly states: Pick<JourneyStates, 'all'>;
  /** Takes pages of runs to let go on after a pause. */
  readonly queue: WorkQueue;
  readonly withdrawals: Pick<WithdrawalStore, 'pending'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly clock: Clock;
};

export type Checked = {
  /** Versions whose counts do not add up, `<journey>-v<version>`. */
  readonly lost: readonly string[];
  readonly overdue: number;
  /** Runs that are still held, though their journey was resumed longer ago than it should take. */
  readonly heldTooLong: number;
  /** Withdrawals whose runs have not all ended, after those that were interrupted have been completed. */
  readonly withdrawalsPending: number;
  /** Age of the oldest of them; 0 where there is none. */
  readonly oldestWithdrawalSeconds: number;
};

/** Twice the longest lease: what is due for longer than this should have been resumed, or tried again, long ago. */
const overdueSeconds = 1800;

/** Contacts whose withdrawals one check completes; the next one takes the rest. */
const completedAtOnce = 100;

const ageOf = ({ receivedAt }: WithdrawalKey, now: Instant): number =>
  Math.max(0, millisecondsOf(now) - millisecondsOf(receivedAt)) / 1000;

/** Completes what a crash interrupted. One that fails again stays pending, and its age is the alarm. */
const completeWithdrawals = async ({ withdrawals, withdraw, clock }: CheckPorts) => {
  const found = await withdrawals.pending();
  const contacts = [...new Set(found.map(({ contact }) => contact))].slice(0, completedAtOnce);
  await Promise.allSettled(contacts.map(withdraw));
  const left = found.length === 0 ? [] : await withdrawals.pending();
  const [oldest] = left;
  return { withdrawalsPending: left.length, oldestWithdrawalSeconds: oldest === undefined ? 0 : ageOf(oldest, clock.now()) };
};

type Left = { readonly journey: string; readonly at: Instant; readonly shard: number; readonly count: number };

/** Pages of held runs whose journey is not paused any more. What a paused journey holds back is where it should be. */
const heldBack = async ({ states, enrolments }: CheckPorts): Promise<readonly Left[]> => {
  const resumed = [...(await states.all()).values()]
    .flatMap(({ journey, paused, resumption }) => (paused === undefined && resumption !== undefined ? [{ journey, at: resumption.at }] : []));
  const pages = await Promise.all(resumed.flatMap(({ journey, at }) => Array.from({ length: dueShards }, async (_, shard) => {
    const { runs } = await enrolments.standing(heldPartitionOf(journey, shard), undefined);
    return { journey, at, shard, count: runs.length };
  })));
  return pages.filter(({ count }) => count > 0);
};

/** Whoever a resumption left behind, by a crash or because they were held in that very moment, is let go on here. */
const releaseTheRest = async (ports: CheckPorts, limit: Instant): Promise<number> => {
  const left = await heldBack(ports);
  await ports.queue.send(left.map(({ journey, at, shard }) => ({ release: { journey, at, shard } })));
  return left.filter(({ at }) => at <= limit).reduce((sum, { count }) => sum + count, 0);
};

/**
 * Nobody is lost: for each version, entered = active + completed + exited + failed, and nothing on the due index, timers included, is
 * overdue. No withdrawal is lost: one that a crash interrupted is completed here. The figures are metrics with alarms.
 */
export const checkInvariants = (ports: CheckPorts) => async (): Promise<Checked> => {
  const versions = await ports.versions.all();
  const checked = await Promise.all(versions.map(async ({ journey, version }) =>
    ({ name: `${journey}-v${version}`, whole: nobodyLost(await ports.counts.read(journey, version)) })));
  const limit = addSeconds(ports.clock.now(), -overdueSeconds);
  const overdue = await Promise.all(Array.from({ length: dueShards }, async (_, shard) => {
    const page = await ports.enrolments.due(duePartitionOf(shard), limit);
    return page.due.length + page.timers.length;
  }));
  const heldTooLong = await releaseTheRest(ports, limit);
  const withdrawn = await completeWithdrawals(ports);
  return { ...withdrawn, heldTooLong, lost: checked.filter(({ whole }) => !whole).map(({ name }) => name), overdue: overdue.reduce((sum, count) => sum + count, 0) };
};
