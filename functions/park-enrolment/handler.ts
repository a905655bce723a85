import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import type { Waiter } from '../../lib/core/engine/enrolment.ts';
import { answeredBy, countsSince } from '../../lib/core/engine/event.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { Plan, StepOf } from '../../lib/core/journey/plan.ts';
import { resumeAt, stepOf } from '../../lib/core/journey/walk.ts';
import type { Clock, EnrolmentStore, EventLog, VersionReader } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import { dueAfter } from '../../lib/core/window/due.ts';

export type ParkPorts = {
  readonly enrolments: EnrolmentStore;
  readonly events: Pick<EventLog, 'since'>;
  readonly contacts: Pick<ContactStore, 'zone'>;
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

const park = (ports: ParkPorts, plan: Plan, input: TaskInput, until: { due: Instant; outcome: string; waiters: readonly Waiter[] }) =>
  arrive(ports, plan, input, {
    kind: 'park',
    due: until.due,
    resumeStep: resumeAt(plan, input.step, until.outcome),
    resumeOutcome: until.outcome,
    nextLeg: input.leg + 1,
    waiters: until.waiters,
  });

/**
 * Parks an enrolment until a moment, or until an event or its timeout. Goes on in the same burst where the moment is
 * past, or the event already in.
 */
export const parkEnrolment = (ports: ParkPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    const now = ports.clock.now();
    if (step.kind === 'wait') {
      const due = dueAfter(step.until, now, await zoneOf(ports, input));
      if (due <= now) {
        await arrive(ports, plan, input);
        return goOn(input, { outcome: 'passed' });
      }
      await park(ports, plan, input, { due, outcome: 'passed', waiters: [] });
      return goOn(input, { outcome: 'parked' });
    }
    if (step.kind !== 'wait-for-event') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const due = dueAfter({ rule: 'duration', duration: step.within }, now, await zoneOf(ports, input));
    const row = await park(ports, plan, input, { due, outcome: 'timeout', waiters: waitersOf(plan, step) });
    const since = (row.waiters ?? []).map((waiter) => countsSince(waiter, row)).sort()[0] ?? now;
    const waiter = answeredBy(row, await ports.events.since(input.contact, since));
    if (waiter === undefined) return goOn(input, { outcome: 'parked' });
    const claim = await ports.enrolments.claim(input, input.seq, now, { waiter });
    if (!claim.done) return goOn(input, { outcome: 'parked' });
    return goOn(input, { outcome: waiter.label, seq: claim.row.seq, leg: claim.row.leg });
  });
