import type { Plan } from '../journey/plan.ts';
import { stepOf } from '../journey/walk.ts';
import type { Instant } from '../time.ts';
import { addSeconds } from '../time.ts';
import { openingAgain } from '../window/catch-up.ts';
import type { Enrolment } from './enrolment.ts';
import type { Resumption } from './journey-state.ts';

/** What becomes of a held run when its journey is resumed. */
export type CaughtUp = { readonly kind: 'go-on'; readonly due: Instant } | { readonly kind: 'exit'; readonly ended: string };

/** `ended` of a run that `exit` ended. */
export const pausedTooLong = 'paused-too-long';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const places = 6;

/**
 * How far into a span of so many seconds a run goes on. Ids are digests, so runs are spread evenly over it, and the same
 * run has the same place however often it is asked.
 */
export const placeIn = (enrolment: string, spanSeconds: number): number => {
  const digits = Array.from(enrolment.slice(2, 2 + places)).reduce((sum, one) => sum * alphabet.length + alphabet.indexOf(one), 0);
  return Math.floor((digits / alphabet.length ** places) * spanSeconds);
};

/** The rule of the window that a run is parked at, if it is. */
const windowOf = (plan: Plan, run: Enrolment) => {
  const step = stepOf(plan, run.step);
  return step.kind === 'wait' && step.until.rule === 'window' ? step.until : undefined;
};

/**
 * Lets a held run go on, each at its own place in the spread. One that entered or was answered meanwhile goes on in any
 * case, and so does a burst to be tried again; of the others, whose time came, the catch-up rule decides. A window is
 * reckoned anew. A run whose wait was moved ahead while it was held goes on waiting.
 */
export const catchUp = (
  plan: Plan, run: Enrolment, { at, spreadSeconds, catchUp: rule }: Resumption, zone: string | null,
): CaughtUp => {
  if (run.held === 'due' && run.due !== undefined && run.due > at) return { kind: 'go-on', due: run.due };
  const due = addSeconds(at, placeIn(run.enrolment, spreadSeconds));
  if (run.held !== 'due' || run.status !== 'PARKED') return { kind: 'go-on', due };
  if (rule === 'exit') return { kind: 'exit', ended: pausedTooLong };
  const window = windowOf(plan, run);
  return { kind: 'go-on', due: window === undefined ? due : openingAgain(window, due, zone) };
};
