import type { Link } from '../link/token.ts';
import type { TimerStore } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';
import { clickTimerName, heldOpenUntil } from './confirm-clicks.ts';
import type { Enrolment } from './enrolment.ts';
import { readVisit } from './enrolment.ts';
import type { EventOf } from './event.ts';
import { isAutomated, settlesAt } from './scanner.ts';
import type { WakePorts } from './wake.ts';
import { wake } from './wake.ts';

/** What a request for a link or an image tells of who made it. */
export type Asking = { readonly method: string; readonly userAgent: string };

const sentAt = (enrolment: Enrolment, step: string): Instant | undefined => {
  const visit = enrolment.visited[step];
  return visit === undefined ? undefined : readVisit(visit).at;
};

const automatedMark = (automated: boolean): string => (automated ? '-automated' : '');

/** One click a minute and link is named alike: a reader who presses twice clicked once. `links` is how many the mail has. */
export const clickOf = (enrolment: Enrolment, { step, leg, link }: Link, asking: Asking, at: Instant, links: number): EventOf<'click'> => {
  const automated = isAutomated({ ...asking, at, sentAt: sentAt(enrolment, step) });
  const minute = Math.floor(millisecondsOf(at) / 60_000);
  return {
    type: 'click', id: `${enrolment.enrolment}-${step}-${leg}-${link}-${minute}${automatedMark(automated)}`, at,
    enrolment: enrolment.enrolment, step, leg, link, links, automated,
  };
};

export const openOf = (enrolment: Enrolment, { step, leg }: Pick<Link, 'step' | 'leg'>, asking: Asking, at: Instant): EventOf<'open'> => {
  const automated = isAutomated({ ...asking, at, sentAt: sentAt(enrolment, step) });
  return {
    type: 'open', id: `${enrolment.enrolment}-${step}-${leg}-open${automatedMark(automated)}`, at,
    enrolment: enrolment.enrolment, step, leg, automated,
  };
};

export type ClickPorts = WakePorts & {
  readonly enrolments: Pick<EnrolmentStore, 'moveWait'>;
  readonly timers: Pick<TimerStore, 'set'>;
};

/** Where the run moved on meanwhile, nothing is held. */
const holdOpen = async ({ enrolments, clock }: ClickPorts, run: Enrolment, click: EventOf<'click'>): Promise<void> => {
  const due = heldOpenUntil(run, click);
  const { resumeStep, resumeOutcome } = run;
  if (due !== undefined) await enrolments.moveWait(run, { kind: 'move', due, resumeStep, resumeOutcome }, clock.now());
};

/**
 * Records a click of a run's mail and wakes who waits for it. On a mail with several links it does not show yet whether a
 * person made it, so it wakes nobody: a timer looks again, and a wait for it is held open until then. The timer is set
 * first, so that no click is left without one.
 */
export const recordClick = async (ports: ClickPorts, run: Enrolment, click: EventOf<'click'>): Promise<void> => {
  const due = settlesAt(click);
  const { contact } = run;
  if (click.automated || due === click.at) {
    await wake(ports, contact, click);
    return;
  }
  await ports.timers.set({ contact, kind: 'clicks', name: clickTimerName(click), due });
  await ports.events.record(contact, click);
  await holdOpen(ports, run, click);
};
