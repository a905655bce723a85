import { isGone } from '../errors.ts';
import type { ContactId } from '../ids.ts';
import type { EventLog, OpenJourney, OpenJourneys, SegmentCatalogue, VersionReader, WatchList } from '../ports.ts';
import type { Condition } from '../segment/condition.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Facts } from '../segment/facts.ts';
import { selectingOf } from '../segment/members.ts';
import type { Needs } from '../segment/needs.ts';
import { needsOf } from '../segment/needs.ts';
import type { Instant } from '../time.ts';
import { openAttributes } from './attributes-of.ts';
import type { Cause } from './cause.ts';
import { concerns } from './cause.ts';
import type { EndPorts, Reported, Running } from './end-runs.ts';
import { apiEvents, asksAttributes, endRun } from './end-runs.ts';
import type { Enrolment } from './enrolment.ts';
import { isActive } from './enrolment.ts';
import type { Scene, TriggerPorts } from './enter-by.ts';
import { enterByTriggers, updateRunFacts } from './enter-by.ts';
import type { MovePorts } from './move-waits.ts';
import { moveWaits } from './move-waits.ts';
import { conditionsAwaited } from './passing.ts';
import { runAttributes } from './run-attributes.ts';
import type { SegmentPorts } from './settle-segments.ts';
import { settleSegments } from './settle-segments.ts';
import { tellWaits } from './tell.ts';
import type { WakePorts } from './wake.ts';
import { answer } from './wake.ts';

export type SettlePorts = SegmentPorts & WakePorts & TriggerPorts & MovePorts & EndPorts & {
  readonly events: EventLog;
  readonly segments: Pick<SegmentCatalogue, 'all' | 'fresh' | 'nameOf'>;
  readonly versions: VersionReader;
  readonly watchList: Pick<WatchList, 'all'>;
  readonly journeys: OpenJourneys;
};

/** The contact's runs that are under way, with their plans. */
const runningOf = async ({ enrolments, versions }: SettlePorts, contact: ContactId): Promise<readonly Running[]> => {
  const active = (await enrolments.ofContact(contact)).filter(({ status }) => isActive(status));
  return Promise.all(active.map(async (run) => ({ run, plan: (await versions.get(run.journey, run.version)).plan })));
};

/** All that conditions of runs and triggers ask for; the record is read in any case, and tells whether the contact is there. */
const needsBeside = (running: readonly Running[], journeys: readonly OpenJourney[], wheres: readonly Condition[]): Needs => ({
  ...needsOf(
    ...wheres,
    ...running.flatMap(({ plan }) => (plan.exits ?? []).flatMap(({ when }) => when ?? [])),
    ...running.flatMap(({ plan, run }) => conditionsAwaited(plan, run).map(({ when }) => when)),
    ...journeys.flatMap(({ plan }) => (plan.triggers ?? []).flatMap((trigger) => (trigger.kind === 'becomes' ? [trigger.when] : []))),
  ),
  record: true,
});

/** The API events that a change tells of, with their attributes. */
const reportedBy = async (ports: SettlePorts, contact: ContactId, cause: Cause): Promise<readonly Reported[]> => {
  if (cause.kind !== 'change' || cause.change.events.length === 0) return [];
  const events = apiEvents((await Promise.all(cause.change.events.map((key) => ports.events.get(contact, key)))).flatMap((event) => event ?? []));
  const attributesOf = await openAttributes(ports.contacts, contact, events);
  return events.map((event) => ({ event, attributes: attributesOf(event) ?? (() => undefined) }));
};

/** Resumes a run whose wait ends as soon as a condition holds. Gives the instant at which time alone may make it hold. */
const answerConditions = async (ports: SettlePorts, running: Running, facts: Facts): Promise<Instant | undefined> => {
  const about = { ...facts, run: { enrolment: running.run.enrolment, journey: running.run.journey } };
  const judged = conditionsAwaited(running.plan, running.run).map(({ waiter, when }) => ({ waiter, ...evaluate(when, about) }));
  const passing = judged.find(({ result }) => result === 'yes');
  if (passing === undefined) return judged.flatMap(({ until }) => until ?? []).sort()[0];
  const stillWaits = (row: Enrolment) => row.waiters?.some(({ type, label }) => type === 'passes' && label === passing.waiter.label) ?? false;
  await answer(ports, running.run, (row) => Promise.resolve(stillWaits(row) ? { waiter: passing.waiter } : undefined));
  return undefined;
};

const settle = async (ports: SettlePorts, contact: ContactId, cause: Cause): Promise<void> => {
  const [watched, known] = await Promise.all([ports.watchList.all(), ports.segments.all()]);
  const change = cause.kind === 'change' ? cause.change : undefined;
  if (change !== undefined && !concerns(change, watched, known)) return;
  // By an old definition somebody would be put back to where the new one took them from.
  const [catalogue, journeys, running] = await Promise.all([ports.segments.fresh(), ports.journeys.all(), runningOf(ports, contact)]);
  const selecting = selectingOf(catalogue);
  const needs = needsBeside(running, journeys, selecting.map(({ where }) => where));
  const { facts, members } = await settleSegments(ports, contact, selecting, needs, cause.kind === 'published');
  const reported = await reportedBy(ports, contact, cause);
  if (change !== undefined) await tellWaits(ports, contact, change, watched);
  const joined = await Promise.all((change?.joined ?? []).map((id) => ports.segments.nameOf(id)));
  const scene: Scene = { contact, cause, facts, joined, reported };
  const updated = await updateRunFacts(ports, running, scene);
  if (updated.size > 0) await moveWaits(ports, contact, new Set(), updated);
  const untils: (Instant | undefined)[] = [members.until];
  for (const one of running) {
    const attributes = asksAttributes(one.plan) ? await runAttributes(ports, one.run) : () => undefined;
    untils.push(await endRun(ports, one, { facts, reported, attributes }), await answerConditions(ports, one, facts));
  }
  await enterByTriggers(ports, journeys, scene);
  const triggerUntils = journeys.flatMap(({ plan }) => (plan.triggers ?? []).flatMap((trigger) =>
    (trigger.kind === 'becomes' ? [evaluate(trigger.when, facts).until] : [])));
  const due = [...untils, ...triggerUntils].flatMap((until) => until ?? []).sort()[0];
  if (due !== undefined) await ports.timers.set({ contact, kind: 'review', name: 'conditions', due });
};

/**
 * Brings everything that follows from a contact's data up to date: segments first, then waits, attributes of runs, exits
 * and goals, entries by triggers, and last the timer for what time alone will change. Each of these is one conditional
 * write or several that are repeated to no effect, so asked again with the same cause, after a crash or by a stream that
 * repeats itself, it changes nothing more. Where nothing that was published could care, it ends before the contact's data
 * is decrypted.
 */
export const settleContact = async (ports: SettlePorts, contact: ContactId, cause: Cause): Promise<void> => {
  try {
    // Waits that are read from what changed follow it. Nobody waits yet who has only just come into being.
    if (cause.kind === 'change' && !cause.change.created && cause.change.fields.length > 0) {
      await moveWaits(ports, contact, new Set(cause.change.fields));
    }
    await settle(ports, contact, cause);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
};
