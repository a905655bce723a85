import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Enrolment, MigrationEntry } from '../core/engine/enrolment.ts';
import { duePartition } from '../core/engine/enrolment.ts';
import type { Place } from '../core/engine/move.ts';
import type { Reckoned } from '../core/engine/reckon.ts';
import type { Instant } from '../core/time.ts';
import type { Change } from './enrolment-item.ts';
import { offTheIndex, updateParams } from './enrolment-item.ts';

/** What moves an enrolment that waits: to another version, or to another moment. */

/** The partition of the due index stays: a held run is moved and held. */
export const moveParams = (table: string, run: Enrolment, place: Place, entry: MigrationEntry): UpdateCommandInput => {
  const { waiters, waitsOn, ...stands } = place;
  const isHeld = run.held === undefined ? 'attribute_not_exists(#wasHeld)' : '#wasHeld = :wasHeld';
  return updateParams(table, run, {
    when: `#fence = :fence AND #wasStatus = :parked AND #wasVersion = :wasVersion AND #wasDue = :wasDue AND ${isHeld}`,
    set: {
      ...stands, version: entry.to, seq: run.seq + 1, legSeq: run.legSeq + 1,
      ...(waiters === undefined || waiters.length === 0 ? {} : { waiters }), ...(waitsOn === undefined ? {} : { waitsOn }),
    },
    setAlso: ['#migrations = list_append(if_not_exists(#migrations, :none), :entry)'],
    remove: [...(waiters === undefined || waiters.length === 0 ? ['waiters'] : []), ...(waitsOn === undefined ? ['waitsOn'] : [])],
    names: {
      '#fence': 'seq', '#wasStatus': 'status', '#wasVersion': 'version', '#wasDue': 'due', '#wasHeld': 'held', '#migrations': 'migrations',
    },
    values: {
      ':fence': run.seq, ':parked': 'PARKED', ':wasVersion': entry.from, ':wasDue': run.due, ':none': [], ':entry': [entry],
      ...(run.held === undefined ? {} : { ':wasHeld': run.held }),
    },
  });
};

const reckonedTo = (row: Enrolment, to: Reckoned, now: Instant): Pick<Change, 'set' | 'remove'> => {
  if (to.kind === 'exit') {
    return { set: { status: 'EXITED', seq: row.seq + 1, ended: to.ended, endedAt: now }, remove: offTheIndex };
  }
  const moment = to.kind === 'move' ? to.moment : row.waitsOn?.moment;
  const isAhead = to.kind === 'move' && to.due > now;
  return {
    remove: isAhead ? ['held'] : [],
    set: {
      ...(isAhead ? { duePartition: duePartition(row.enrolment) } : {}),
      ...(to.kind === 'move' ? { due: to.due, resumeStep: to.resumeStep, resumeOutcome: to.resumeOutcome } : {}),
      ...(row.waitsOn === undefined ? {} : {
        waitsOn: { ...(moment === undefined ? {} : { moment }), turn: row.waitsOn.turn + 1 },
      }),
    },
  };
};

/** A run that a pause holds because its time had come is held no longer where its time is ahead again. */
export const moveWaitParams = (table: string, row: Enrolment, to: Reckoned, now: Instant): UpdateCommandInput => {
  const { set, remove = [] } = reckonedTo(row, to, now);
  const isAsReckoned = row.waitsOn === undefined ? 'attribute_not_exists(#waitsOn)' : '#waitsOn.#turn = :turn';
  const isAsHeld = row.held === undefined ? 'attribute_not_exists(#wasHeld)' : '#wasHeld = :wasHeld';
  return updateParams(table, row, {
    when: `#fence = :fence AND #wasStatus = :parked AND #wasDue = :wasDue AND ${isAsHeld} AND ${isAsReckoned}`,
    set,
    remove,
    names: {
      '#fence': 'seq', '#wasStatus': 'status', '#wasDue': 'due', '#waitsOn': 'waitsOn', '#wasHeld': 'held',
      ...(row.waitsOn === undefined ? {} : { '#turn': 'turn' }),
    },
    values: {
      ':fence': row.seq, ':parked': 'PARKED', ':wasDue': row.due,
      ...(row.held === undefined ? {} : { ':wasHeld': row.held }),
      ...(row.waitsOn === undefined ? {} : { ':turn': row.waitsOn.turn }),
    },
  });
};
