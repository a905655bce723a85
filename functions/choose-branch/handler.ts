import { recordFacts } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { StepOf } from '../../lib/core/journey/plan.ts';
import type { Clock, EnrolmentStore, VersionReader } from '../../lib/core/ports.ts';
import { evaluate } from '../../lib/core/segment/evaluate.ts';
import type { Facts } from '../../lib/core/segment/facts.ts';
import { noFacts } from '../../lib/core/segment/facts.ts';

export type BranchPorts = {
  readonly enrolments: EnrolmentStore;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  readonly clock: Clock;
};

const labelFor = (step: StepOf<'branch'>, facts: Facts): string =>
  step.choices.find(({ when }) => evaluate(when, facts).result === 'yes')?.label ?? 'otherwise';

/**
 * Chooses a path on the contact's data and lets nothing out but its label. The first choice on a leg stands: a burst
 * that is repeated after a crash goes the same way, whatever changed meanwhile.
 */
export const chooseBranch = (ports: BranchPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind !== 'branch') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const row = await arrive(ports, plan, input);
    const mark = `${step.id}/${input.leg}`;
    const before = row.labels[mark];
    if (before !== undefined) return goOn(input, { outcome: before });
    const contact = await ports.contacts.open(input.contact);
    if (contact === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
    const now = ports.clock.now();
    const chosen = labelFor(step, { ...noFacts(now), ...recordFacts(contact.record.open(), now), outcome: input.outcome });
    const kept = await ports.enrolments.label(input, input.seq, mark, chosen);
    if (!kept.done) throw new BurstOver();
    return goOn(input, { outcome: kept.row.labels[mark] ?? chosen });
  });
