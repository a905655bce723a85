import { fieldReader } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import { answeredBy, readSince } from '../../lib/core/engine/answer.ts';
import { openAttributes } from '../../lib/core/engine/attributes-of.ts';
import type { Enrolment, Waiter } from '../../lib/core/engine/enrolment.ts';
import { eventKey } from '../../lib/core/engine/event.ts';
import type { FactPorts } from '../../lib/core/engine/facts.ts';
import { loadFacts } from '../../lib/core/engine/facts.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import { moveWaits } from '../../lib/core/engine/move-waits.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import { conditionsAwaited, passedBy } from '../../lib/core/engine/passing.ts';
import { waitersOf } from '../../lib/core/engine/waiters.ts';
import { attributeReader } from '../../lib/core/event/attributes.ts';
import type { Name } from '../../lib/core/ids.ts';
import type { Plan, StepOf, WaitRule } from '../../lib/core/journey/plan.ts';
import { attributeOf, endedBy, fieldOf, isMovable } from '../../lib/core/journey/waits.ts';
import type { Answered } from '../../lib/core/engine/wake.ts';
import { resumeAt, stepOf } from '../../lib/core/journey/walk.ts';
import type { AlongWith, EnrolmentStore, RunFacts } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, EventLog, Machines, SegmentCatalogue, TimerStore, VersionReader } from '../../lib/core/ports.ts';
import { needsOf } from '../../lib/core/segment/needs.ts';
import type { Instant } from '../../lib/core/time.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { dueOf, type Reckoning } from '../../lib/core/window/due.ts';
import { plainFacts, type WaitFacts } from '../../lib/core/window/moment.ts';
import { addDuration } from '../../lib/core/window/span.ts';

export type ParkPorts = FactPorts & {
  readonly enrolments: EnrolmentStore;
  readonly events: Pick<EventLog, 'since'>;
  readonly contacts: Pick<ContactStore, 'open' | 'version' | 'zone' | 'segmentsOf'>;
  readonly segments: Pick<SegmentCatalogue, 'idOf'>;
  readonly versions: VersionReader;
  readonly timers: Pick<TimerStore, 'set'>;
  readonly runFacts: Pick<RunFacts, 'of'>;
  readonly machines: Machines;
  readonly clock: Clock;
};

type Until = {
  readonly due: Instant; readonly outcome: string; readonly waiters: readonly Waiter[]; readonly moment?: Instant | undefined;
};

const zoneOf = async ({ contacts }: ParkPorts, input: TaskInput): Promise<string | null> => {
  const zone = await contacts.zone(input.contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  return zone;
};

/** A field that was read, and the version of the record it was read in; or the event whose attributes were read. */
type Read = { readonly field: string; readonly version: number } | { readonly fact: string };

/** A wait that reads a field or an attribute is worth a decryption; any other needs the zone alone, which stands in the clear. */
const factsOf = async (ports: ParkPorts, input: TaskInput, rule: WaitRule): Promise<{ readonly facts: WaitFacts; readonly read?: Read }> => {
  const now = ports.clock.now();
  const field = fieldOf(rule);
  const fact = attributeOf(rule) === undefined ? undefined : await ports.runFacts.of(input);
  if (field === undefined && fact === undefined) return { facts: plainFacts(now, await zoneOf(ports, input)) };
  const contact = await ports.contacts.open(input.contact, fact === undefined ? [] : [{ field: fact.event, bytes: fact.sealed }]);
  if (contact === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  return {
    facts: {
      ...plainFacts(now, contact.zone), read: fieldReader(contact.record.open(), now),
      attributes: attributeReader(fact === undefined ? undefined : contact.sealed.get(fact.event)),
    },
    read: field === undefined ? { fact: fact?.event ?? '' } : { field, version: contact.gate.version },
  };
};

const parking = (plan: Plan, { step, leg }: TaskInput, { due, outcome, waiters, moment }: Until): AlongWith =>
  ({ kind: 'park', due, resumeStep: resumeAt(plan, step, outcome), resumeOutcome: outcome, nextLeg: leg + 1, waiters, moment });

/** The wait is over already: the burst ends here all the same, and the next one begins behind the wait. */
const goingOn = (plan: Plan, { step }: TaskInput, outcome: Name, at: Instant): AlongWith =>
  ({ kind: 'go-on', resumeStep: resumeAt(plan, step, outcome), resumeOutcome: outcome, at });

/** What the author wants where the moment is past or missing. */
const without = (plan: Plan, input: TaskInput, { kind, then }: Exclude<Reckoning, { kind: 'at' }>, at: Instant): AlongWith =>
  (then === 'exit' ? { kind: 'close', status: 'EXITED', ended: endedBy[kind], at } : goingOn(plan, input, then === 'skip' ? 'skipped' : 'passed', at));

/**
 * A change of the record between reading it and parking found nothing to move, so it is looked for afterwards; so is one
 * before this try of a Task whose earlier try had parked.
 */
const moveIfChanged = async (ports: ParkPorts, row: Enrolment, moment: Instant, read: Read): Promise<void> => {
  const isOther = row.waitsOn?.moment !== moment;
  if ('fact' in read) {
    if (isOther || (await ports.runFacts.of(row))?.event !== read.fact) await moveWaits(ports, row.contact, new Set(['zone']), new Set([row.enrolment]));
    return;
  }
  if (isOther || await ports.contacts.version(row.contact) !== read.version) await moveWaits(ports, row.contact, new Set([read.field, 'zone']));
};

/** Puts the run at the wait, and begins the next burst where the wait is over. */
const standAt = async (ports: ParkPorts, plan: Plan, input: TaskInput, change: AlongWith): Promise<Enrolment> => {
  let row = await arrive(ports, plan, input, change);
  if (row.status === 'RUNNING' && row.seq === input.seq) {
    // Before waits ended their bursts, an earlier one of this leg went on from here: this one goes the same way.
    const outcome = row.labels[`${input.step}/${input.leg}`] ?? 'passed';
    row = await arrive(ports, plan, input, goingOn(plan, input, outcome, ports.clock.now()));
  }
  if (row.status === 'RUNNING') await ports.machines.start(row);
  return row;
};

const wait = async (ports: ParkPorts, plan: Plan, step: StepOf<'wait'>, input: TaskInput): Promise<void> => {
  const { facts, read } = await factsOf(ports, input, step.until);
  const reckoning = dueOf(step.until, facts);
  if (reckoning.kind !== 'at' || reckoning.due <= facts.now) {
    await standAt(ports, plan, input, reckoning.kind === 'at' ? goingOn(plan, input, 'passed', facts.now) : without(plan, input, reckoning, facts.now));
    return;
  }
  const { due } = reckoning;
  const moment = isMovable(step.until) ? due : undefined;
  const row = await standAt(ports, plan, input, parking(plan, input, { due, outcome: 'passed', waiters: [], moment }));
  if (row.status === 'PARKED' && read !== undefined) await moveIfChanged(ports, row, due, read);
};

/** Whoever waits for a condition is looked at once more, which also finds the instant at which time alone makes it hold. */
const lookSoonSeconds = 60;

/** Set before the wait begins, so that none begins without it. */
const lookSoon = (ports: ParkPorts, { contact, enrolment }: TaskInput, now: Instant): Promise<void> =>
  ports.timers.set({ contact, kind: 'review', name: `wait#${enrolment}`, due: addSeconds(now, lookSoonSeconds) });

/** What came before the wait and answers it. Attributes are opened only where the wait has a filter on them. */
const answerBefore = async (ports: ParkPorts, plan: Plan, row: Enrolment, zone: string | null): Promise<Answered | undefined> => {
  const now = ports.clock.now();
  const events = await ports.events.since(row.contact, readSince(row) ?? now);
  const filtered = new Set((row.waiters ?? []).flatMap((waiter) => (waiter.type === 'api' && waiter.filtered === true ? [waiter.name] : [])));
  const attributesOf = await openAttributes(
    ports.contacts, row.contact, events.filter((event) => event.type === 'api' && filtered.has(event.name)),
  );
  const answer = answeredBy(row, events, { now, plan, attributesOf, zone });
  const asked = conditionsAwaited(plan, row).map(({ when }) => when);
  if (asked.length === 0) return answer;
  const passed = passedBy(plan, row, await loadFacts(ports, row.contact, needsOf(...asked), row));
  // The first of all in the author's order, whether an event or a condition.
  const waiter = row.waiters?.find((one) => one === answer?.waiter || one === passed);
  return waiter === passed && passed !== undefined ? { waiter: passed } : answer;
};

const waitForEvent = async (ports: ParkPorts, plan: Plan, step: StepOf<'wait-for-event'>, input: TaskInput): Promise<void> => {
  const now = ports.clock.now();
  const zone = await zoneOf(ports, input);
  const due = addDuration(now, step.within, zone);
  if (step.events.some(({ on }) => on.type === 'passes')) await lookSoon(ports, input, now);
  const waiters = await waitersOf(plan, step, ports.segments);
  const row = await arrive(ports, plan, input, parking(plan, input, { due, outcome: 'timeout', waiters }));
  const answer = await answerBefore(ports, plan, row, zone);
  if (answer === undefined) return;
  const event = answer.event === undefined ? undefined : eventKey(answer.event);
  const claim = await ports.enrolments.claim(input, now, { seq: input.seq, waiter: answer.waiter, event });
  if (claim.done) await ports.machines.start(claim.row);
};

/**
 * Parks an enrolment until a moment, or until an event or its timeout, which ends the burst. Where the moment has come, or
 * the event is already in, the next burst begins at once; a moment that is past lets it go on, skips a send or ends the
 * run.
 */
export const parkEnrolment = (ports: ParkPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind === 'wait') await wait(ports, plan, step, input);
    else if (step.kind === 'wait-for-event') await waitForEvent(ports, plan, step, input);
    else throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    return goOn(input, { outcome: 'parked' });
  });
