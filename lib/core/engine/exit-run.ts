import { SendwellError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { EnrolmentStore, Ending } from './enrolment-store.ts';
import type { Enrolment } from './enrolment.ts';
import { isActive } from './enrolment.ts';

/** A claim moves the fence on; more claims than this in the time of a write do not happen. */
const tries = 10;

/**
 * Ends a run wherever it stands, also in the middle of a wait, and fences off a burst that is under way. Undefined where
 * it had ended before.
 */
export const exitRun = async (
  { enrolments, clock }: { readonly enrolments: Pick<EnrolmentStore, 'exit'>; readonly clock: Clock }, run: Enrolment,
  end: Omit<Ending, 'at'>,
): Promise<Enrolment | undefined> => {
  let seq = run.seq;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { done, row } = await enrolments.exit(run, seq, { ...end, at: clock.now() });
    if (done) return row;
    if (row === undefined || !isActive(row.status)) return undefined;
    seq = row.seq;
  }
  throw new SendwellError('contact.changed', { contact: run.contact });
};
