import type { QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ContactChange, entryChangeId } from '../core/engine/change.ts';
import type { EnrolmentKey } from '../core/engine/enrolment.ts';
import type { MigrationEntry } from '../core/engine/enrolment.ts';
import type { Place } from '../core/engine/move.ts';
import { addSeconds } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import { duePartition, Enrolment, heldPartition, leaseSeconds } from '../core/engine/enrolment.ts';
import type { CaughtUp } from '../core/engine/catch-up.ts';
import type { Reckoned } from '../core/engine/reckon.ts';
import type { AlongWith, Arrival, ClaimedBy, Due, Ending, EnrolmentStore, EnteredWith, HeldBy, Written } from '../core/ports.ts';
import { changePut } from './changes.ts';
import type { PutItem } from './contact-items.ts';
import { documentClient, isRefused, unlessRefused, unlessRepeated } from './dynamo.ts';
import { factItem } from './run-facts.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';
import { isTimer, timerOf } from './timers.ts';

/** One write on an enrolment row: what must hold, what is set, what is removed. */
type Change = {
  readonly when: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly setAlso?: readonly string[];
  readonly remove?: readonly string[];
  readonly add?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
};

/** A change as UpdateItem wants it. Every attribute goes through a placeholder: `status` and others are reserved. */
export const updateParams = (table: string, key: EnrolmentKey, change: Change): UpdateCommandInput => {
  const attributes = Object.entries(change.set);
  const sets = [...attributes.map(([name]) => `#${name} = :${name}`), ...(change.setAlso ?? [])];
  const { remove = [], add = [] } = change;
  return {
    TableName: table,
    Key: { pk: key.contact, sk: key.enrolment },
    ConditionExpression: change.when,
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []), ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
      ...(add.length > 0 ? [`ADD ${add.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
      ...change.names,
    },
    ExpressionAttributeValues: { ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])), ...change.values },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
};

export const rowOf = (enrolment: Enrolment): Record<string, unknown> => {
  const { contact, enrolment: id, ...attributes } = enrolment;
  return {
    pk: contact,
    sk: id,
    ...attributes,
    ...(enrolment.due === undefined ? {} : { duePartition: enrolment.held === undefined ? duePartition(id) : heldPartition(enrolment) }),
  };
};

export const enrolmentOf = ({ pk, sk, ...attributes }: Record<string, unknown>): Enrolment =>
  Enrolment.parse({ contact: pk, enrolment: sk, ...attributes });

/** What is gone from the row of a run that has ended. */
const offTheIndex = ['due', 'duePartition', 'waiters', 'waitsOn', 'held'];

const running = '#status = :wasRunning AND #seqFence = :seqFence';

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
      remove: ['held', ...(change.waiters.length > 0 ? ['wokenBy'] : [])],
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

const lease = (now: Instant, key: EnrolmentKey) => {
  const due = addSeconds(now, leaseSeconds);
  return { status: 'RUNNING', due, duePartition: duePartition(key.enrolment) };
};

const goingOn = ({ waiter, event }: Exclude<ClaimedBy, { due: true }>) =>
  ({ resumeStep: waiter.next, resumeOutcome: waiter.label, ...(event === undefined ? {} : { wokenBy: event }) });

/** A set takes a mark once, however often it is added. */
const marking = (marks: readonly string[]): Required<Pick<Change, 'add' | 'names' | 'values'>> => (marks.length === 0
  ? { add: [], names: {}, values: {} }
  : { add: ['#engaged :marks'], names: { '#engaged': 'engaged' }, values: { ':marks': new Set(marks) } });

const marksOf = (by: ClaimedBy) => marking('due' in by ? [] : by.marks ?? []);

/** A claim: one conditional write. Event and timeout race on it, and exactly one wins. What is held nobody claims. */
export const claimParams = (
  table: string, key: EnrolmentKey, seq: number, now: Instant, by: ClaimedBy,
): UpdateCommandInput => updateParams(table, key, {
  when: `${'due' in by ? '#seq = :fence AND #due <= :now AND #status IN (:parked, :isRunning)' : '#seq = :fence AND #status = :parked'}`
    + ' AND attribute_not_exists(held)',
  set: {
    ...lease(now, key), seq: seq + 1,
    ...('due' in by ? {} : goingOn(by)),
  },
  setAlso: ['#leg = #nextLeg'],
  remove: ['waiters', 'waitsOn'],
  add: marksOf(by).add,
  names: { '#leg': 'leg', '#nextLeg': 'nextLeg', ...marksOf(by).names },
  values: { ':fence': seq, ':parked': 'PARKED', ...('due' in by ? { ':now': now, ':isRunning': 'RUNNING' } : {}), ...marksOf(by).values },
});

/** Whatever the status: a mail is opened and its links are followed long after its run has ended. */
export const engageParams = (table: string, key: EnrolmentKey, marks: readonly string[]): UpdateCommandInput =>
  updateParams(table, key, { when: 'attribute_exists(pk)', set: {}, ...marking(marks) });

/**
 * Sets a run of a paused journey apart, in the same style as a claim. Its time: the run stays as it is, and `due` tells
 * when it would have gone on. An event: the run will go on with it, also where its time was over meanwhile.
 */
export const holdParams = (
  table: string, run: EnrolmentKey & Pick<Enrolment, 'journey'>, seq: number, now: Instant, by: HeldBy,
): UpdateCommandInput => {
  const duePartition = heldPartition(run);
  return 'due' in by ? updateParams(table, run, {
    when: '#seq = :fence AND #due <= :now AND #status IN (:parked, :isRunning) AND attribute_not_exists(#held)',
    set: { held: 'due', duePartition },
    names: { '#seq': 'seq', '#due': 'due', '#status': 'status' },
    values: { ':fence': seq, ':now': now, ':parked': 'PARKED', ':isRunning': 'RUNNING' },
  }) : updateParams(table, run, {
    when: '#seq = :fence AND #status = :parked AND (attribute_not_exists(#held) OR #held = :wasDue)',
    set: { held: 'event', duePartition, due: now, ...goingOn(by) },
    remove: ['waiters'],
    names: { '#seq': 'seq', '#status': 'status' },
    values: { ':fence': seq, ':parked': 'PARKED', ':wasDue': 'due' },
  });
};

/** Parks a send at itself until a temporary denial is over. The leg stays, so nothing before it is repeated. */
export const deferParams = (table: string, key: EnrolmentKey, seq: number, step: string, until: Instant): UpdateCommandInput =>
  updateParams(table, key, {
    when: running,
    set: {
      status: 'PARKED', due: until, duePartition: duePartition(key.enrolment),
      resumeStep: step, resumeOutcome: 'none', legSeq: seq,
    },
    remove: ['held'],
    names: { '#status': 'status', '#seqFence': 'seq' },
    values: { ':wasRunning': 'RUNNING', ':seqFence': seq },
  });

export const retryParams = (table: string, key: EnrolmentKey, seq: number, at: Instant): UpdateCommandInput =>
  updateParams(table, key, {
    when: running,
    set: { due: at, duePartition: duePartition(key.enrolment) },
    remove: ['held'],
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

const standingPage = 250;

/** Timers stand on the index too, and are of no version. */
export const standingQuery = (
  table: string, partition: string, of: { journey: string; version: number } | undefined, after: Record<string, unknown> | undefined,
): QueryCommandInput => ({
  TableName: table, IndexName: journeys.dueIndex.name, Limit: standingPage,
  KeyConditionExpression: 'duePartition = :partition',
  ...(of === undefined ? {} : { FilterExpression: '#journey = :journey AND #version = :version' }),
  ...(of === undefined ? {} : { ExpressionAttributeNames: { '#journey': 'journey', '#version': 'version' } }),
  ExpressionAttributeValues: {
    ':partition': partition, ...(of === undefined ? {} : { ':journey': of.journey, ':version': of.version }),
  },
  ...(after === undefined ? {} : { ExclusiveStartKey: after }),
});

const dueRef = (row: Record<string, unknown>): Due => ({
  contact: row['pk'] as string, enrolment: row['sk'] as string, seq: row['seq'] as number, journey: row['journey'] as string | undefined,
});

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

/** What is written with a new run: its attributes, and the row that tells of it. */
const enteredWith = (table: string, { contact, enrolment, enteredAt }: Enrolment, { fact, told = false }: EnteredWith): readonly PutItem[] => [
  ...(fact === undefined ? [] : [{ Put: { TableName: table, Item: factItem({ contact, enrolment }, fact) } }]),
  ...(told ? [changePut(table, ContactChange.parse({ contact, id: entryChangeId(enrolment), at: enteredAt, entered: [enrolment] }))] : []),
];

/** Enrolment rows over DynamoDB; every write is conditional, and its refusal is a value. */
export const enrolments = (runtime: Runtime, table: string): EnrolmentStore => {
  const client = documentClient(runtime);
  const write = async (params: UpdateCommandInput): Promise<Written> => {
    const result = await unlessRefused(client.send(new UpdateCommand(params)), unmarshall);
    if (isRefused(result)) {
      return { done: false, row: result.standing === undefined ? undefined : enrolmentOf(result.standing) };
    }
    return { done: true, row: enrolmentOf(result.Attributes ?? {}) };
  };
  return {
    enter: async (enrolment, along = {}) => {
      const entry = { TableName: table, Item: rowOf(enrolment), ConditionExpression: 'attribute_not_exists(pk)' };
      const others = enteredWith(table, enrolment, along);
      if (others.length === 0) return !isRefused(await unlessRefused(client.send(new PutCommand(entry)), unmarshall));
      return unlessRepeated(client.send(new TransactWriteCommand({ TransactItems: [{ Put: entry }, ...others] })));
    },
    arrive: (key, arrival, change) => write(arriveParams(table, key, arrival, change)),
    claim: (key, seq, now, by) => write(claimParams(table, key, seq, now, by)),
    engage: async (key, marks) => { await write(engageParams(table, key, marks)); },
    hold: (run, seq, now, by) => write(holdParams(table, run, seq, now, by)),
    move: (run, place, entry) => write(moveParams(table, run, place, entry)),
    release: (run, to, now) => write(releaseParams(table, run, to, now)),
    defer: (key, seq, step, until) => write(deferParams(table, key, seq, step, until)),
    retryAt: (key, seq, at) => write(retryParams(table, key, seq, at)),
    close: (key, seq, end) => write(closeParams(table, key, seq, end)),
    exit: (key, seq, end) => write(exitParams(table, key, seq, end)),
    moveWait: (row, to, now) => write(moveWaitParams(table, row, to, now)),
    label: (key, seq, branch, label) => write(labelParams(table, key, seq, branch, label)),
    get: async ({ contact, enrolment }) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: contact, sk: enrolment }, ConsistentRead: true }));
      return Item === undefined ? undefined : enrolmentOf(Item);
    },
    ofContact: async (contact) => {
      const found = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':contact': contact, ':prefix': journeys.enrolmentPrefix },
      }));
      return (found.Items ?? []).map(enrolmentOf);
    },
    standing: async (partition, of, after) => {
      const page = await client.send(new QueryCommand(standingQuery(table, partition, of, after)));
      return { runs: (page.Items ?? []).filter((row) => !isTimer(row)).map(dueRef), after: page.LastEvaluatedKey };
    },
    due: async (partition, now, after) => {
      const page = await client.send(new QueryCommand({
        TableName: table, IndexName: journeys.dueIndex.name, Limit: 1000,
        KeyConditionExpression: 'duePartition = :partition AND #due <= :now',
        ExpressionAttributeNames: { '#due': 'due' },
        ExpressionAttributeValues: { ':partition': partition, ':now': now },
        ExclusiveStartKey: after,
      }));
      const rows = page.Items ?? [];
      const due: readonly Due[] = rows.filter((row) => !isTimer(row)).map(dueRef);
      return { due, timers: rows.filter(isTimer).map(timerOf), after: page.LastEvaluatedKey };
    },
  };
};
