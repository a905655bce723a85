import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaughtUp } from '../core/engine/catch-up.ts';
import type { Enrolment, EnrolmentKey } from '../core/engine/enrolment.ts';
import { duePartition, heldPartition } from '../core/engine/enrolment.ts';
import type { ClaimedBy, Ending, HeldBy } from '../core/engine/enrolment-store.ts';
import type { Instant } from '../core/time.ts';
import type { Change } from './enrolment-item.ts';
import { leased, leaseEnd, offTheIndex, running, updateParams } from './enrolment-item.ts';

/** Who has an enrolment: a burst that claimed it, a pause that holds it, or nobody any more. */

const goingOn = ({ waiter, event }: Exclude<ClaimedBy, { due: true }>) =>
  ({ resumeStep: waiter.next, resumeOutcome: waiter.label, ...(event === undefined ? {} : { wokenBy: event }) });

/** A set takes a mark once, however often it is added. */
const marking = (marks: readonly string[]): Required<Pick<Change, 'add' | 'names' | 'values'>> => (marks.length === 0
  ? { add: [], names: {}, values: {} }
  : { add: ['#engaged :marks'], names: { '#engaged': 'engaged' }, values: { ':marks': new Set(marks) } });

const marksOf = (by: ClaimedBy) => marking('due' in by ? [] : by.marks ?? []);

/** Parked or running, its time has come and nobody has it. */
const isDue = '#due <= :now AND #status IN (:parked, :isRunning) AND (attribute_not_exists(#lease) OR #lease <= :now)';
const isDueNames = { '#due': 'due', '#status': 'status', '#lease': 'lease' };
const isDueValues = (now: Instant) => ({ ':now': now, ':parked': 'PARKED', ':isRunning': 'RUNNING' });

/**
 * A claim: one conditional write. Event and timeout race on it, and exactly one wins. What is held nobody claims. A claim by
 * the due time leaves `due` where it is, in the past, and so the row where it stands in the index.
 */
export const claimParams = (table: string, key: EnrolmentKey, now: Instant, by: ClaimedBy): UpdateCommandInput => updateParams(table, key, {
  when: `${'due' in by ? isDue : '#seq = :fence AND #status = :parked'} AND attribute_not_exists(held)`,
  set: 'due' in by ? { status: 'RUNNING', lease: leaseEnd(now) } : { ...leased(now, key), seq: by.seq + 1, ...goingOn(by) },
  setAlso: ['#leg = #nextLeg', ...('due' in by ? ['#seq = #seq + :one'] : [])],
  remove: ['waiters', 'waitsOn'],
  add: marksOf(by).add,
  names: { '#leg': 'leg', '#nextLeg': 'nextLeg', '#seq': 'seq', ...('due' in by ? isDueNames : {}), ...marksOf(by).names },
  values: { ...('due' in by ? { ...isDueValues(now), ':one': 1 } : { ':fence': by.seq, ':parked': 'PARKED' }), ...marksOf(by).values },
});

/** Moves the row of a burst that lasts to the end of its lease. */
export const leaveParams = (table: string, run: Enrolment): UpdateCommandInput => updateParams(table, run, {
  when: `${running} AND #wasLease = :wasLease`,
  set: { due: run.lease },
  remove: ['lease'],
  names: { '#status': 'status', '#seqFence': 'seq', '#wasLease': 'lease' },
  values: { ':wasRunning': 'RUNNING', ':seqFence': run.seq, ':wasLease': run.lease },
});

/** Whatever the status: a mail is opened and its links are followed long after its run has ended. */
export const engageParams = (table: string, key: EnrolmentKey, marks: readonly string[]): UpdateCommandInput =>
  updateParams(table, key, { when: 'attribute_exists(pk)', set: {}, ...marking(marks) });

/**
 * Sets a run of a paused journey apart, in the same style as a claim. Its time: the run stays as it is, and `due` tells
 * when it would have gone on. An event: the run will go on with it, also where its time was over meanwhile.
 */
export const holdParams = (
  table: string, run: EnrolmentKey & Pick<Enrolment, 'journey'>, now: Instant, by: HeldBy,
): UpdateCommandInput => {
  const duePartition = heldPartition(run);
  return 'due' in by ? updateParams(table, run, {
    when: `${isDue} AND attribute_not_exists(#held)`,
    set: { held: 'due', duePartition },
    remove: ['lease'],
    names: isDueNames,
    values: isDueValues(now),
  }) : updateParams(table, run, {
    when: '#seq = :fence AND #status = :parked AND (attribute_not_exists(#held) OR #held = :wasDue)',
    set: { held: 'event', duePartition, due: now, ...goingOn(by) },
    remove: ['waiters'],
    names: { '#seq': 'seq', '#status': 'status' },
    values: { ':fence': by.seq, ':parked': 'PARKED', ':wasDue': 'due' },
  });
};

/** Where it goes on, its outcome and its waiters stay; an event that came in between makes the write fail. */
export const releaseParams = (table: string, run: Enrolment, to: CaughtUp, now: Instant): UpdateCommandInput => updateParams(table, run, {
  when: '#fence = :fence AND #wasHeld = :wasHeld AND #wasStatus = :wasStatus AND #wasDue = :wasDue',
  set: to.kind === 'go-on'
    ? { due: to.due, duePartition: duePartition(run.enrolment) }
    : { status: 'EXITED', seq: run.seq + 1, ended: to.ended, endedAt: now },
  remove: to.kind === 'go-on' ? ['held'] : offTheIndex,
  names: { '#fence': 'seq', '#wasHeld': 'held', '#wasStatus': 'status', '#wasDue': 'due' },
  values: { ':fence': run.seq, ':wasHeld': run.held, ':wasStatus': run.status, ':wasDue': run.due },
});

/** Ends an active enrolment; `seq` moves on, so whatever a burst of it still writes is refused. */
export const exitParams = (
  table: string, key: EnrolmentKey, seq: number, end: Ending,
): UpdateCommandInput => updateParams(table, key, {
  when: '#seq = :fence AND #status IN (:isParked, :isRunning)',
  set: {
    status: end.status, seq: seq + 1, ended: end.ended, endedAt: end.at,
    ...(end.withdrawal === undefined ? {} : { withdrawal: end.withdrawal }),
  },
  remove: offTheIndex,
  values: { ':fence': seq, ':isParked': 'PARKED', ':isRunning': 'RUNNING' },
});
