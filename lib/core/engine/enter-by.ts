import { enrolmentIdOf } from '../digest.ts';
import type { ContactId, Name } from '../ids.ts';
import { passesFilter } from '../event/filter.ts';
import type { Plan, Trigger, TriggerOf } from '../journey/plan.ts';
import type { Clock, EventLog, JourneyStates, Machines, OpenJourney, TimerStore, TriggerStates } from '../ports.ts';
import type { EnrolmentStore, RunFact, RunFacts } from './enrolment-store.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Facts } from '../segment/facts.ts';
import type { Instant } from '../time.ts';
import type { Cause } from './cause.ts';
import { instantOfCause } from './cause.ts';
import type { Reported } from './end-runs.ts';
import { enter } from './enter.ts';
import { eventKey } from './event.ts';
import { reentryKey } from './key.ts';
import { edgeOf } from './trigger-becomes.ts';
import { isDate, nextDate } from './trigger-date.ts';
import { triggerId } from './trigger-id.ts';
import { inactiveAt, inactivity } from './trigger-inactive.ts';
import type { Timer } from './timer.ts';

export type TriggerPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'enter'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly runFacts: Pick<RunFacts, 'replace' | 'of'>;
  readonly triggerStates: TriggerStates;
  readonly timers: TimerStore;
  readonly machines: Machines;
  readonly clock: Clock;
};

/** What triggers are judged on. */
export type Scene = {
  readonly contact: ContactId;
  readonly cause: Cause;
  readonly facts: Facts;
  /** Segments that the contact has just joined. */
  readonly joined: readonly Name[];
  /** Events that have just come in. */
  readonly reported: readonly Reported[];
};

const factOf = ({ event }: Reported): RunFact | undefined =>
  (event.sealed === undefined ? undefined : { event: eventKey(event), at: event.at, sealed: event.sealed });

/** Enters the contact, where the key of the entry can be told. Gives whether it is a new run. */
const enterOnce = async (
  ports: TriggerPorts, { plan, version }: OpenJourney, { contact, facts }: Scene, at: Instant, by?: Reported,
): Promise<boolean> => {
  const key = reentryKey(plan.reenter, { at, zone: facts.zone, read: facts.read, attributes: by?.attributes ?? facts.attributes });
  if (key === undefined) return false;
  const fact = by === undefined ? undefined : factOf(by);
  return enter(ports, plan, version, await ports.states.of(plan.journey), contact, { key, fact });
};

type Fire<K extends Trigger['kind']> = (ports: TriggerPorts, open: OpenJourney, trigger: TriggerOf<K>, scene: Scene) => Promise<void>;

const isMeant = ({ event: name, where }: TriggerOf<'event'>, { event, attributes }: Reported, { now, zone }: Facts): boolean =>
  event.name === name && (where === undefined || passesFilter(where, attributes, { now, zone }));

const byEvent: Fire<'event'> = async (ports, open, trigger, scene) => {
  for (const reported of scene.reported) {
    if (isMeant(trigger, reported, scene.facts)) await enterOnce(ports, open, scene, reported.event.at, reported);
  }
};

const byJoining: Fire<'joins'> = async (ports, open, { segment }, scene) => {
  if (scene.joined.includes(segment)) await enterOnce(ports, open, scene, instantOfCause(scene.cause));
};

const isNew = (cause: Cause): boolean => cause.kind === 'change' && cause.change.created;

const byBecoming: Fire<'becomes'> = async (ports, open, trigger, scene) => {
  const id = await triggerId(scene.contact, open.plan.journey, trigger);
  const before = (await ports.triggerStates.of(scene.contact)).get(id);
  const { enters, keep } = edgeOf(before, evaluate(trigger.when, scene.facts).result, isNew(scene.cause));
  if (enters) await enterOnce(ports, open, scene, instantOfCause(scene.cause));
  if (keep !== undefined) await ports.triggerStates.keep(scene.contact, id, keep);
};

const firing = (cause: Cause, name: string): Timer | undefined =>
  (cause.kind === 'timer' && cause.timer.kind === 'trigger' && cause.timer.name === name ? cause.timer : undefined);

/** A timer that is due and has not been seen to: what it was set for would be lost if it were moved. */
const isPending = async ({ timers, clock }: TriggerPorts, contact: ContactId, name: string): Promise<boolean> =>
  (await timers.ofContact(contact)).some((timer) => timer.kind === 'trigger' && timer.name === name && timer.due <= clock.now());

/** Whether the date, or the zone that it is reckoned in, may be another one now. */
const mayMove = (cause: Cause, field: string): boolean =>
  cause.kind === 'published' || (cause.kind === 'change' && (cause.change.created || cause.change.fields.some((name) => name === field || name === 'zone')));

const byDate: Fire<'date'> = async (ports, open, trigger, scene) => {
  const { contact, cause, facts } = scene;
  const name = await triggerId(contact, open.plan.journey, trigger);
  const fired = firing(cause, name);
  if (fired === undefined && (!mayMove(cause, trigger.field) || await isPending(ports, contact, name))) return;
  if (fired !== undefined && isDate(trigger, facts, fired.due)) await enterOnce(ports, open, scene, fired.due);
  const due = nextDate(trigger, facts, facts.now);
  if (due !== undefined) await ports.timers.set({ contact, kind: 'trigger', name, due });
};

const beginning = '0000-01-01T00:00:00.000Z' as Instant;

const byInactivity: Fire<'inactive'> = async (ports, open, trigger, scene) => {
  const { contact, cause, facts } = scene;
  const name = await triggerId(contact, open.plan.journey, trigger);
  const timer = { contact, kind: 'trigger' as const, name };
  const fired = firing(cause, name);
  if (fired === undefined) {
    if (!isNew(cause) && cause.kind !== 'published') return;
    if ((await ports.timers.ofContact(contact)).some((one) => one.kind === 'trigger' && one.name === name)) return;
    await ports.timers.set({ ...timer, due: inactiveAt(trigger, instantOfCause(cause), facts.zone) });
    return;
  }
  const found = inactivity(trigger, fired.due, await ports.events.since(contact, beginning), facts.zone);
  if (found.kind === 'later') {
    await ports.timers.set({ ...timer, due: found.due });
    return;
  }
  await enterOnce(ports, open, scene, fired.due);
  if (open.plan.reenter !== 'never') await ports.timers.set({ ...timer, due: inactiveAt(trigger, fired.due, facts.zone) });
};

const fires: { readonly [K in Trigger['kind']]: Fire<K> } = {
  joins: byJoining,
  event: byEvent,
  date: byDate,
  becomes: byBecoming,
  inactive: byInactivity,
  // The step that hands over enters the contact itself.
  'hand-over': () => Promise.resolve(),
};

/** Lets each trigger of the journeys that take entries do what the cause asks of it. */
export const enterByTriggers = async (ports: TriggerPorts, journeys: readonly OpenJourney[], scene: Scene): Promise<void> => {
  for (const open of journeys) {
    for (const trigger of open.plan.triggers ?? []) await fires[trigger.kind](ports, open, trigger as never, scene);
  }
};

/** Events that bring new attributes to the run of their key: the one that enters, and those that update it. */
export const updaters = ({ triggers = [] }: Plan): readonly string[] =>
  triggers.flatMap((trigger) => (trigger.kind === 'event' ? [trigger.event, ...trigger.updatedBy ?? []] : []));

/**
 * Replaces the attributes of runs by those of a later event of the same key. Gives the runs whose attributes are others
 * now, those too that an interrupted call replaced.
 */
export const updateRunFacts = async (
  ports: Pick<TriggerPorts, 'runFacts'>, running: readonly { readonly run: { readonly contact: ContactId; readonly enrolment: string }; readonly plan: Plan }[], { contact, facts, reported }: Scene,
): Promise<ReadonlySet<string>> => {
  const changed = new Set<string>();
  for (const { run, plan } of running) {
    if (plan.reenter === 'never') continue;
    for (const one of reported.filter(({ event }) => updaters(plan).includes(event.name))) {
      const fact = factOf(one);
      const key = reentryKey(plan.reenter, { at: one.event.at, zone: facts.zone, read: facts.read, attributes: one.attributes });
      if (fact === undefined || key === undefined || await enrolmentIdOf(contact, plan.journey, key) !== run.enrolment) continue;
      const replaced = await ports.runFacts.replace({ contact, enrolment: run.enrolment }, fact);
      if (replaced || (await ports.runFacts.of({ contact, enrolment: run.enrolment }))?.event === fact.event) changed.add(run.enrolment);
    }
  }
  return changed;
};
