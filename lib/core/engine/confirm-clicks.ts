import type { ContactId } from '../ids.ts';
import type { EventLog } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Instant } from '../time.ts';
import { addSeconds } from '../time.ts';
import { readSince } from './answer.ts';
import { newMarks } from './engagement.ts';
import type { Enrolment } from './enrolment.ts';
import type { EventOf } from './event.ts';
import { graceSeconds, settlesAt } from './scanner.ts';
import type { AnswerPorts } from './wake.ts';
import { among, answer } from './wake.ts';

export type ConfirmPorts = AnswerPorts & {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'engage' | 'hold' | 'ofContact'>;
  readonly events: Pick<EventLog, 'since'>;
};

const waitsForClick = ({ waiters = [] }: Pick<Enrolment, 'waiters'>): boolean => waiters.some(({ type }) => type === 'click');

/** A sweep comes at least this often. */
const sweepSeconds = 60;

/**
 * The instant to which a click holds a wait for one open: the time of the wait is over no sooner than the sweep behind the
 * one that looks at the click again. Undefined where the wait lasts as long anyway, or the run is at none.
 */
export const heldOpenUntil = (
  run: Pick<Enrolment, 'status' | 'held' | 'due' | 'waiters'>, click: EventOf<'click'>,
): Instant | undefined => {
  const until = addSeconds(settlesAt(click), sweepSeconds);
  const isOpen = run.status === 'PARKED' && run.held === undefined && waitsForClick(run);
  return isOpen && run.due !== undefined && run.due < until ? until : undefined;
};

/** Which click it is about that a timer was set for: its run, and when it was made. */
export type Awaited = { readonly enrolment: string; readonly at: Instant };

export const clickTimerName = ({ enrolment, at }: Pick<EventOf<'click'>, 'enrolment' | 'at'>): string => `${enrolment}#${at}`;

export const readClickTimerName = (name: string): Awaited => {
  const [enrolment = '', at] = name.split('#');
  return { enrolment, at: at as Instant };
};

/**
 * Resumes whoever waits for a click that shows to be a person's by now: its mail has several links, and the time in
 * which a scanner would have followed them all is over. The run of the click keeps whose it was. Gives the number of runs
 * that this call resumed.
 */
export const confirmClicks = async (ports: ConfirmPorts, contact: ContactId, click: Awaited): Promise<number> => {
  // What was followed just before may show that a scanner was at work.
  const from = addSeconds(click.at, -graceSeconds);
  const clicksFor = async (run: Enrolment): Promise<readonly EventOf<'click'>[]> => {
    const since = waitsForClick(run) ? readSince(run) : undefined;
    const events = await ports.events.since(contact, since === undefined || since > from ? from : since);
    return events.filter((event) => event.type === 'click');
  };
  const marksOf = (run: Enrolment, clicks: readonly EventOf<'click'>[]) => newMarks(run, clicks, ports.clock.now());
  let resumed = 0;
  for (const run of await ports.enrolments.ofContact(contact)) {
    const done = waitsForClick(run) && await answer(ports, run, async (row) => {
      const clicks = await clicksFor(row);
      const found = await among(ports, clicks)(row);
      return found === undefined ? undefined : { ...found, marks: marksOf(row, clicks) };
    });
    if (done) resumed += 1;
    if (done || run.enrolment !== click.enrolment) continue;
    const marks = marksOf(run, await clicksFor(run));
    if (marks.length > 0) await ports.enrolments.engage(run, marks);
  }
  return resumed;
};
