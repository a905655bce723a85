import { enrolmentIdOf } from '../digest.ts';
import type { Exit, Plan } from '../journey/plan.ts';
import type { FieldReader } from '../segment/condition.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Facts } from '../segment/facts.ts';
import { needsOf } from '../segment/needs.ts';
import type { Clock } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Instant } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import type { ContactEvent, EventOf } from './event.ts';
import { exitRun } from './exit-run.ts';
import { reentryKey } from './key.ts';

/** An API event with its attributes opened. */
export type Reported = { readonly event: EventOf<'api'>; readonly attributes: FieldReader };

export type Running = { readonly run: Enrolment; readonly plan: Plan };

/** What `ended` says of a run that an exit or a goal ended. */
export const endedAs = ({ label, status }: Exit): string => `${status === 'COMPLETED' ? 'goal' : 'exit'}/${label}`;

/** Whether an event is of the run's own key, where the journey is entered once for each value of an attribute. */
const isOfKey = async ({ plan: { journey, reenter }, run }: Running, { event, attributes }: Reported, facts: Facts): Promise<boolean> => {
  if (reenter === 'never' || typeof reenter.oncePer === 'string' || 'field' in reenter.oncePer) return true;
  const key = reentryKey(reenter, { at: event.at, zone: facts.zone, read: facts.read, attributes });
  return key !== undefined && await enrolmentIdOf(run.contact, journey, key) === run.enrolment;
};

export type Judging = {
  readonly facts: Facts;
  /** Events that have just come in. */
  readonly reported: readonly Reported[];
  /** Attributes of the run. */
  readonly attributes: FieldReader;
};

export type EndVerdict = { readonly exit: Exit | undefined; readonly until: Instant | undefined };

/** What ends a run now, the first in order, and the first later instant at which time alone may end it. */
export const endOf = async (running: Running, { facts, reported, attributes }: Judging): Promise<EndVerdict> => {
  const { run, plan } = running;
  const untils: Instant[] = [];
  for (const exit of plan.exits ?? []) {
    if (exit.event !== undefined) {
      const meant = reported.filter(({ event }) => event.name === exit.event && event.at >= run.enteredAt);
      for (const one of meant) if (await isOfKey(running, one, facts)) return { exit, until: undefined };
    }
    if (exit.when === undefined) continue;
    const { result, until } = evaluate(exit.when, { ...facts, run: { enrolment: run.enrolment, journey: run.journey }, attributes });
    if (result === 'yes') return { exit, until: undefined };
    if (until !== undefined) untils.push(until);
  }
  return { exit: undefined, until: untils.sort()[0] };
};

/** Whether attributes of the run are asked for. */
export const asksAttributes = ({ exits = [] }: Plan): boolean =>
  needsOf(...exits.flatMap(({ when }) => when ?? [])).attributes;

export type EndPorts = { readonly enrolments: Pick<EnrolmentStore, 'exit'>; readonly clock: Clock };

/** Ends the run where something does. Gives the instant at which time may. */
export const endRun = async (ports: EndPorts, running: Running, judging: Judging): Promise<Instant | undefined> => {
  const { exit, until } = await endOf(running, judging);
  if (exit !== undefined) await exitRun(ports, running.run, { status: exit.status, ended: endedAs(exit) });
  return until;
};

/** The API events among some. */
export const apiEvents = (events: readonly ContactEvent[]): readonly EventOf<'api'>[] =>
  events.flatMap((event) => (event.type === 'api' ? [event] : []));
