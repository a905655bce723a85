import { recordFacts } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { readVisit } from '../../lib/core/engine/enrolment.ts';
import { enter } from '../../lib/core/engine/enter.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import { reentryKey } from '../../lib/core/engine/key.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import { attributeReader } from '../../lib/core/event/attributes.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import type { EnrolmentStore, RunFact, RunFacts } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, JourneyStates, Machines, OpenJourney, OpenJourneys, VersionReader } from '../../lib/core/ports.ts';

export type HandOverPorts = {
  readonly enrolments: EnrolmentStore;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  readonly journeys: OpenJourneys;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly runFacts: Pick<RunFacts, 'of'>;
  readonly machines: Machines;
  readonly clock: Clock;
};

/** The journey that takes over, where it still does from this one. */
const takerOf = async ({ journeys }: HandOverPorts, name: string, from: string): Promise<OpenJourney | undefined> =>
  (await journeys.all()).find(({ plan }) => plan.journey === name
    && (plan.triggers ?? []).some((trigger) => trigger.kind === 'hand-over' && trigger.from.includes(from)));

/** The key of the entry there; what it is made of is opened only where it is made of the contact's data. */
const keyFor = async (ports: HandOverPorts, { plan: { reenter } }: OpenJourney, run: Enrolment, fact: RunFact | undefined): Promise<string | undefined> => {
  const { at } = readVisit(run.visited[run.step] ?? '');
  const none = () => undefined;
  if (reenter === 'never') return reentryKey(reenter, { at, zone: null, read: none, attributes: none });
  const opened = await ports.contacts.open(run.contact, fact === undefined ? [] : [{ field: fact.event, bytes: fact.sealed }]);
  if (opened === undefined) throw new SendwellError('contact.unknown', { contact: run.contact });
  const attributes = attributeReader(fact === undefined ? undefined : opened.sealed.get(fact.event));
  return reentryKey(reenter, { ...recordFacts(opened.record.open(), at), at, attributes });
};

/** Gives what the run ends as. */
const handTo = async (ports: HandOverPorts, name: string, run: Enrolment): Promise<'handed-over' | 'not-taken'> => {
  const taker = await takerOf(ports, name, run.journey);
  if (taker === undefined) return 'not-taken';
  const fact = await ports.runFacts.of(run);
  const key = await keyFor(ports, taker, run, fact);
  if (key === undefined) return 'not-taken';
  await enter(ports, taker.plan, taker.version, await ports.states.of(name), run.contact, { key, fact });
  return 'handed-over';
};

/**
 * Enters the contact into the other journey, with the attributes of the run, and completes this one. In this order: a
 * crash in between leaves the run where it is, and its next try enters nobody a second time. Whoever was in the other
 * journey before, under the same key, is not entered again, so two journeys that hand over to each other come to an end.
 */
export const handOver = (ports: HandOverPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind !== 'hand-over') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const run = await arrive(ports, plan, input);
    if (run.status !== 'RUNNING') throw new BurstOver();
    const ended = await handTo(ports, step.journey, run);
    const closed = await ports.enrolments.close(input, input.seq, { status: 'COMPLETED', ended, at: ports.clock.now() });
    if (!closed.done) throw new BurstOver();
    return goOn(input);
  });
