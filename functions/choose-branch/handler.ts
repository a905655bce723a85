import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { armMark } from '../../lib/core/engine/enrolment.ts';
import type { FactPorts } from '../../lib/core/engine/facts.ts';
import { loadFacts } from '../../lib/core/engine/facts.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import { armOf } from '../../lib/core/journey/assign.ts';
import { chooseWay } from '../../lib/core/journey/choose.ts';
import type { Plan, StepOf } from '../../lib/core/journey/plan.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { VersionReader } from '../../lib/core/ports.ts';
import { needsOf } from '../../lib/core/segment/needs.ts';

export type BranchPorts = FactPorts & { readonly enrolments: EnrolmentStore; readonly versions: VersionReader };

/** What the branch reads is read, and nothing else: a branch on segments or engagement opens no record. */
const wayOf = async (ports: BranchPorts, step: StepOf<'branch'>, input: TaskInput, row: Enrolment): Promise<string> => {
  const facts = await loadFacts(ports, input.contact, needsOf(...step.choices.map(({ when }) => when)), row);
  return chooseWay(step, { ...facts, outcome: input.outcome, run: input });
};

/** The arm follows from the contact's id alone; it is kept in the write of the arrival, so that it is counted. */
const split = async (ports: BranchPorts, plan: Plan, step: StepOf<'split'>, input: TaskInput): Promise<string> => {
  const label = await armOf(step, plan.journey, input.contact);
  const row = await arrive(ports, plan, input, { kind: 'label', mark: armMark(step.id), label });
  if (row.status !== 'RUNNING') throw new BurstOver();
  return label;
};

/**
 * Chooses a path on the contact's data and lets nothing out but its label. The first choice on a leg stands: a burst
 * that is repeated after a crash goes the same way, whatever changed meanwhile.
 */
export const chooseBranch = (ports: BranchPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind === 'split') return goOn(input, { outcome: await split(ports, plan, step, input) });
    if (step.kind !== 'branch') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const row = await arrive(ports, plan, input);
    const mark = `${step.id}/${input.leg}`;
    const before = row.labels[mark];
    if (before !== undefined) return goOn(input, { outcome: before });
    const chosen = await wayOf(ports, step, input, row);
    const kept = await ports.enrolments.label(input, input.seq, mark, chosen);
    if (!kept.done) throw new BurstOver();
    return goOn(input, { outcome: kept.row.labels[mark] ?? chosen });
  });
