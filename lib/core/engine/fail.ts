import type { ErrorCode } from '../errors.ts';
import { BurstOver, SendwellError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { TaskInput } from './payload.ts';

/** Faults that a later try cannot mend. Any other leaves the enrolment to its lease, which tries again. */
const lasting: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'contact.unknown', 'contact.shredded', 'journey.unknown', 'template.unknown', 'template.value-missing', 'vault.tampered',
]);

export type FailPorts = { readonly enrolments: Pick<EnrolmentStore, 'close'>; readonly clock: Clock };

/** Runs a Task; a lasting fault ends the enrolment as failed, with its code, instead of failing the execution. */
export const orFail = async <T>({ enrolments, clock }: FailPorts, input: TaskInput, task: () => Promise<T>): Promise<T> => {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof SendwellError) || !lasting.has(error.code)) throw error;
    await enrolments.close(input, input.seq, { status: 'FAILED', ended: error.code, at: clock.now() });
    throw new BurstOver();
  }
};
