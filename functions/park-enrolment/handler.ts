import { fieldReader } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import type { Waiter } from '../../lib/core/engine/enrolment.ts';
import { answeredBy, countsSince } from '../../lib/core/engine/event.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { Plan, StepOf } from '../../lib/core/journey/plan.ts';
import { endedBy, fieldOf } from '../../lib/core/journey/waits.ts';
import { resumeAt, stepOf } from '../../lib/core/journey/walk.ts';
import type { Clock, EnrolmentStore, EventLog, VersionReader } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import { dueOf, type Reckoning } from '../../lib/core/window/due.ts';
import { plainFacts, type WaitFacts } from '../../lib/core/window/moment.ts';
import { addDuration } from '../../lib/core/window/span.ts';

export type ParkPorts = {
  readonly enrolments: EnrolmentStore;
  readonly events: Pick<EventLog, 'since'>;
  readonly contacts: Pick<ContactStore, 'open' | 'zone'>;
  readonly versions: VersionReader;
  readonly clock: Clock;
};

const waitersOf = (plan: Plan, step: StepOf<'wait-for-event'>): readonly Waiter[] =>
  step.events.map(({ on, label }) => ({ ...on, label, next: resumeAt(plan, step.id, label) }));

const zoneOf = async ({ contacts }: ParkPorts, input: TaskInput): Promise<string | null> => {
  const zone = await contacts.zone(input.contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  return zone;
};

/** A wait that reads a field is worth a decryption; any other needs the zone alone, which stands in the clear. */
const factsOf = async (ports: ParkPorts, input: TaskInput, step: StepOf<'wait'>): Promise<WaitFacts> => {
  const now = ports.clock.now();
  if (fieldOf(step.until) === undefined) return plainFacts(now, await zoneOf(ports, input));
  const contact = await ports.contacts.open(input.contact);
  if (contact === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  return { ...plainFacts(now, contact.zone), read: fieldReader(contact.record.open(), now) };
};

const park = (ports: ParkPorts, plan: Plan, input: TaskInput, until: { due: Instant; outcome: string; waiters: readonly Waiter[] }) =>
  arrive(ports, plan, input, {
    kind: 'park',
    due: until.due,
    resumeStep: resumeAt(plan, input.step, until.outcome),
    resumeOutcome: until.outcome,
    nextLeg: input.leg + 1,
    waiters: until.waiters,
  });

/** What the author wants where the moment is past or missing. */
const goOnWithout = async (
  ports: ParkPorts, plan: Plan, input: TaskInput, { kind, then }: Exclude<Reckoning, { kind: 'at' }>,
): Promise<Payload> => {
  if (then === 'exit') {
    const ended = endedBy[kind];
    await arrive(ports, plan, input, { kind: 'close', status: 'EXITED', ended, at: ports.clock.now() });
    throw new BurstOver();
  }
  const outcome = then === 'skip' ? 'skipped' : 'passed';
  // Kept before the arrival, so that a burst that is repeated after a crash skips the send again.
  if (outcome === 'skipped') await ports.enrolments.label(input, input.seq, `${input.step}/${input.leg}`, outcome);
  await arrive(ports, plan, input);
  return goOn(input, { outcome });
};

const wait = async (ports: ParkPorts, plan: Plan, step: StepOf<'wait'>, input: TaskInput): Promise<Payload> => {
  const facts = await factsOf(ports, input, step);
  const reckoning = dueOf(step.until, facts);
  if (reckoning.kind !== 'at') return goOnWithout(ports, plan, input, reckoning);
  if (reckoning.due <= facts.now) {
    await arrive(ports, plan, input);
    return goOn(input, { outcome: 'passed' });
  }
  await park(ports, plan, input, { due: reckoning.due, outcome: 'passed', waiters: [] });
  return goOn(input, { outcome: 'parked' });
};

/**
 * Parks an enrolment until a moment, or until an event or its timeout. Goes on in the same burst where the moment has
 * come, or the event is already in; a moment that is past lets it go on, skips a send or ends the run.
 */
export const parkEnrolment = (ports: ParkPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind === 'wait') return wait(ports, plan, step, input);
    if (step.kind !== 'wait-for-event') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const now = ports.clock.now();
    const due = addDuration(now, step.within, await zoneOf(ports, input));
    const row = await park(ports, plan, input, { due, outcome: 'timeout', waiters: waitersOf(plan, step) });
    const since = (row.waiters ?? []).map((waiter) => countsSince(waiter, row)).sort()[0] ?? now;
    const waiter = answeredBy(row, await ports.events.since(input.contact, since));
    if (waiter === undefined) return goOn(input, { outcome: 'parked' });
    const claim = await ports.enrolments.claim(input, input.seq, now, { waiter });
    if (!claim.done) return goOn(input, { outcome: 'parked' });
    return goOn(input, { outcome: waiter.label, seq: claim.row.seq, leg: claim.row.leg });
  });
