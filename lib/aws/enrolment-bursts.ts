import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { EnrolmentKey } from '../core/engine/enrolment.ts';
import { duePartition } from '../core/engine/enrolment.ts';
import type { AlongWith, Arrival } from '../core/engine/enrolment-store.ts';
import type { Instant } from '../core/time.ts';
import type { Change } from './enrolment-item.ts';
import { leased, offTheIndex, running, updateParams } from './enrolment-item.ts';

/** What a burst writes on the row of the enrolment that it has: each write is refused once the claim has passed on. */

/** The first label under a name stays. */
const keepLabel = '#labels.#branch = if_not_exists(#labels.#branch, :label)';

const along = (key: EnrolmentKey, seq: number, change: AlongWith): Pick<Change, 'set' | 'setAlso' | 'remove' | 'names' | 'values'> => {
  switch (change.kind) {
    case 'stay': return { set: {} };
    case 'park': return {
      set: {
        status: 'PARKED', due: change.due, duePartition: duePartition(key.enrolment),
        resumeStep: change.resumeStep, resumeOutcome: change.resumeOutcome, nextLeg: change.nextLeg, legSeq: seq,
        ...(change.waiters.length > 0 ? { waiters: change.waiters } : {}),
        ...(change.moment === undefined ? {} : { waitsOn: { moment: change.moment, turn: 0 } }),
      },
      // The event of the wait before is of no more use once another event is waited for.
      remove: ['held', 'lease', ...(change.waiters.length > 0 ? ['wokenBy'] : [])],
    };
    case 'go-on': return {
      set: { ...leased(change.at, key), seq: seq + 1, legSeq: seq, resumeStep: change.resumeStep, resumeOutcome: change.resumeOutcome },
      remove: ['lease'],
    };
    case 'label': return {
      set: {},
      setAlso: [keepLabel],
      names: { '#labels': 'labels', '#branch': change.mark },
      values: { ':label': change.label },
    };
    case 'close': return {
      set: { status: change.status, ended: change.ended, endedAt: change.at },
      remove: offTheIndex,
    };
  }
};

export const arriveParams = (table: string, key: EnrolmentKey, arrival: Arrival, change: AlongWith): UpdateCommandInput => {
  const extra = along(key, arrival.seq, change);
  const passedNames = arrival.passed.map((step, index) => [`#passed${index}`, step] as const);
  return updateParams(table, key, {
    when: `${running} AND ${arrival.after === undefined ? 'attribute_not_exists(#visited.#here)' : '#visited.#here = :after'}`,
    set: { ...extra.set, step: arrival.step },
    setAlso: ['#visited.#here = :visit', ...passedNames.map(([name]) => `#visited.${name} = :visit`), ...(extra.setAlso ?? [])],
    remove: extra.remove ?? [],
    names: { '#status': 'status', '#seqFence': 'seq', '#visited': 'visited', '#here': arrival.step, ...Object.fromEntries(passedNames), ...extra.names },
    values: {
      ':wasRunning': 'RUNNING', ':seqFence': arrival.seq, ':visit': arrival.visit,
      ...(arrival.after === undefined ? {} : { ':after': arrival.after }),
      ...extra.values,
    },
  });
};

/** Keeps the first label that a branch came to on this leg. */
export const labelParams = (
  table: string, key: EnrolmentKey, seq: number, branch: string, label: string,
): UpdateCommandInput => updateParams(table, key, {
  when: running,
  set: {},
  setAlso: [keepLabel],
  names: { '#status': 'status', '#seqFence': 'seq', '#labels': 'labels', '#branch': branch },
  values: { ':wasRunning': 'RUNNING', ':seqFence': seq, ':label': label },
});

/** Parks a send at itself until a temporary denial is over. The leg stays, so nothing before it is repeated. */
export const deferParams = (table: string, key: EnrolmentKey, seq: number, step: string, until: Instant): UpdateCommandInput =>
  updateParams(table, key, {
    when: running,
    set: {
      status: 'PARKED', due: until, duePartition: duePartition(key.enrolment),
      resumeStep: step, resumeOutcome: 'none', legSeq: seq,
    },
    remove: ['held', 'lease'],
    names: { '#status': 'status', '#seqFence': 'seq' },
    values: { ':wasRunning': 'RUNNING', ':seqFence': seq },
  });

export const retryParams = (table: string, key: EnrolmentKey, seq: number, at: Instant): UpdateCommandInput =>
  updateParams(table, key, {
    when: running,
    set: { due: at, duePartition: duePartition(key.enrolment) },
    remove: ['held', 'lease'],
    names: { '#status': 'status', '#seqFence': 'seq' },
    values: { ':wasRunning': 'RUNNING', ':seqFence': seq },
  });

/** Ends a running enrolment where it stands, without an arrival: a failure, or a loop that has run its course. */
export const closeParams = (
  table: string, key: EnrolmentKey, seq: number, end: { status: 'COMPLETED' | 'FAILED'; ended: string; at: Instant },
): UpdateCommandInput => updateParams(table, key, {
  when: running,
  set: { status: end.status, ended: end.ended, endedAt: end.at },
  remove: offTheIndex,
  names: { '#status': 'status', '#seqFence': 'seq' },
  values: { ':wasRunning': 'RUNNING', ':seqFence': seq },
});
