import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { arrive } from '../../lib/core/engine/arrive.ts';
import { goOnOrEnd } from '../../lib/core/engine/end-run.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, VersionReader } from '../../lib/core/ports.ts';

export type SegmentPorts = {
  readonly enrolments: EnrolmentStore;
  readonly contacts: Pick<ContactStore, 'addToSegment'>;
  readonly versions: VersionReader;
  readonly clock: Clock;
};

/** Adds the contact to the step's segment; adding it again keeps the first instant. */
export const addToSegment = (ports: SegmentPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind !== 'add-to-segment') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    await arrive(ports, plan, input);
    await ports.contacts.addToSegment(input.contact, step.segment, ports.clock.now());
    return goOnOrEnd(ports, plan, input);
  });
