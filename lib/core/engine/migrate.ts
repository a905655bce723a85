import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { Name } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { EventLog, MigrationStore, SegmentCatalogue, VersionReader, WorkQueue } from '../ports.ts';
import type { Due, EnrolmentStore } from './enrolment-store.ts';
import { readSince } from './answer.ts';
import type { Enrolment, Waiter } from './enrolment.ts';
import { duePartitionOf, dueShards, heldPartitionOf } from './enrolment.ts';
import type { Fared, Migration } from './migration.ts';
import { tallyOf } from './migration.ts';
import type { MoveFacts } from './move.ts';
import { moveOf } from './move.ts';
import { waitersOf } from './waiters.ts';
import type { AnswerPorts } from './wake.ts';
import { among, answer } from './wake.ts';

export type MigratePorts = AnswerPorts & {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'get' | 'hold' | 'move' | 'standing'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly versions: VersionReader;
  readonly segments: Pick<SegmentCatalogue, 'idOf'>;
  readonly contacts: Pick<ContactStore, 'zone'>;
  readonly migrations: Pick<MigrationStore, 'get' | 'keepPage' | 'keepTally' | 'page'>;
  readonly queue: WorkQueue;
};

/** A page in one of the partitions where runs of the journey may stand. */
export type MigrationPage = {
  readonly journey: Name; readonly id: string; readonly partition: number; readonly number: number;
  readonly after?: Record<string, unknown> | undefined;
  /** How often the page was worked off before, because somebody in it was in a burst. */
  readonly tried: number;
};

export const migrationPartitions = 2 * dueShards;

const partitionOf = (journey: Name, partition: number): string =>
  (partition < dueShards ? duePartitionOf(partition) : heldPartitionOf(journey, partition - dueShards));

/** Of an index page few rows may be of this version; so many are read before a page is kept without any. */
const mostPages = 20;

/** Seconds until who was in a burst is asked again; bursts last seconds, and the last pause outlasts the try after a fault. */
const pausesSeconds = [30, 60, 120, 480] as const;

const tries = 5;

const waitersIn = async (to: Plan, segments: MigratePorts['segments']): Promise<Readonly<Record<Name, readonly Waiter[]>>> =>
  Object.fromEntries(await Promise.all(Object.values(to.steps).flatMap((step) =>
    (step.kind === 'wait-for-event' ? [waitersOf(to, step, segments).then((waiters) => [step.id, waiters] as const)] : []))));

/** What came before the move and answers the new wait; the move comes first, so whatever comes later finds the new row. */
const answerBefore = async (ports: MigratePorts, run: Enrolment, now: Enrolment['enteredAt']): Promise<void> => {
  if (run.status !== 'PARKED' || run.waiters === undefined) return;
  await answer(ports, run, async (row) => among(ports, await ports.events.since(row.contact, readSince(row) ?? now))(row));
};

const moveRun = async (ports: MigratePorts, migration: Migration, facts: Omit<MoveFacts, 'zone' | 'now'>, key: Due): Promise<Fared> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const run = await ports.enrolments.get(key);
    if (run === undefined) return { kind: 'gone' };
    const now = ports.clock.now();
    const moving = moveOf(migration, run, { ...facts, now, zone: await ports.contacts.zone(run.contact) ?? null });
    if (moving.kind === 'under-way' || moving.kind === 'gone') return { kind: moving.kind };
    if (moving.kind === 'unmapped') return { kind: 'unmapped', step: run.step };
    if (moving.kind === 'again') {
      await answerBefore(ports, run, now);
      return { kind: 'moved', step: moving.step };
    }
    if (migration.dryRun) return { kind: 'moved', step: run.step };
    const entry = { id: migration.id, from: migration.from, to: migration.to, at: now, step: run.step };
    const moved = await ports.enrolments.move(run, moving.place, entry);
    if (!moved.done) continue;
    await answerBefore(ports, moved.row, now);
    return { kind: 'moved', step: run.step };
  }
  throw new SendwellError('contact.changed', { contact: key.contact });
};

/** The runs of a page. The first listing of it stands, so that whoever works it off again counts the same people. */
const runsOf = async ({ enrolments, migrations }: MigratePorts, migration: Migration, page: MigrationPage) => {
  const kept = await migrations.page(page);
  if (kept !== undefined) return kept;
  const of = { journey: migration.journey, version: migration.from };
  let found = await enrolments.standing(partitionOf(page.journey, page.partition), of, page.after);
  for (let read = 1; read < mostPages && found.runs.length === 0 && found.after !== undefined; read += 1) {
    found = await enrolments.standing(partitionOf(page.journey, page.partition), of, found.after);
  }
  return migrations.keepPage(page, found);
};

/**
 * Works off one page of a migration: moves who waits, each by one conditional write, and keeps what it came to. The next
 * page is queued first, and this one once more while anybody in it is in a burst. A page that comes twice moves nobody
 * twice and counts nobody twice.
 */
export const migratePage = async (ports: MigratePorts, page: MigrationPage): Promise<void> => {
  const migration = await ports.migrations.get(page.journey, page.id);
  if (migration === undefined) throw new SendwellError('migration.unknown', { migration: page.id });
  const [{ plan: from }, { plan: to }] = await Promise.all([
    ports.versions.get(migration.journey, migration.from), ports.versions.get(migration.journey, migration.to),
  ]);
  const { runs, after } = await runsOf(ports, migration, page);
  if (after !== undefined && page.tried === 0) await ports.queue.send([{ migrate: { ...page, number: page.number + 1, after } }]);
  const facts = { from, to, waiters: await waitersIn(to, ports.segments) };
  const fared = await Promise.all(runs.map((run) => moveRun(ports, migration, facts, run)));
  const tally = tallyOf(fared);
  const pause = tally.underWay > 0 ? pausesSeconds[page.tried] : undefined;
  await ports.migrations.keepTally(page, page.tried, { tally, isLast: after === undefined, isPending: pause !== undefined });
  if (pause !== undefined) await ports.queue.send([{ migrate: { ...page, tried: page.tried + 1 } }], pause);
};
