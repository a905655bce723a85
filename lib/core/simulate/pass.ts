import { enrolmentIdOf } from '../digest.ts';
import type { Knowing } from '../engine/answer.ts';
import { answeredBy } from '../engine/answer.ts';
import { endedAs, endOf } from '../engine/end-runs.ts';
import { updaters } from '../engine/enter-by.ts';
import type { ContactEvent, EventOf } from '../engine/event.ts';
import { eventKey } from '../engine/event.ts';
import { reentryKey } from '../engine/key.ts';
import { conditionsAwaited, passedBy } from '../engine/passing.ts';
import { heldOpenUntil } from '../engine/confirm-clicks.ts';
import { settlesAt } from '../engine/scanner.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Instant } from '../time.ts';
import { sweptAt } from './agenda.ts';
import type { Run } from './state.ts';
import { factsOf } from './state.ts';
import type { Next } from './tasks.ts';

/** What stops the passing of time before its end. `moved`: the run has other attributes, from which a wait may be reckoned. */
export type Stop =
  | { readonly kind: 'answered'; readonly outcome: string; readonly by: ContactEvent | undefined }
  | Extract<Next, { kind: 'end' }>
  | { readonly kind: 'moved' };

/** A later event of the run's own key brings it new attributes. */
const takeAttributes = async (run: Run, event: EventOf<'api'>): Promise<boolean> => {
  const { plan } = run.world.version;
  if (plan.reenter === 'never' || event.sealed === undefined || !updaters(plan).includes(event.name)) return false;
  const attributes = run.agenda.attributesOf(event);
  const { zone, read } = factsOf(run);
  const key = reentryKey(plan.reenter, { at: event.at, zone: zone ?? null, read, attributes });
  if (key === undefined || await enrolmentIdOf(run.row.contact, plan.journey, key) !== run.row.enrolment) return false;
  run.attributes = attributes;
  return true;
};

const knowing = ({ now, world, agenda }: Run): Knowing =>
  ({ now, plan: world.version.plan, attributesOf: agenda.attributesOf });

/** What ends the run or its wait at this moment: a goal or an exit before anything else. */
export const stopNow = async (run: Run, event?: ContactEvent): Promise<Stop | undefined> => {
  const { row, world: { version: { plan } }, agenda, events } = run;
  const moved = event?.type === 'api' && await takeAttributes(run, event);
  const asks = plan.exits !== undefined || (row.waiters ?? []).some(({ type }) => type === 'passes');
  if (asks) {
    const facts = factsOf(run);
    const reported = event?.type === 'api' ? [{ event, attributes: agenda.attributesOf(event) }] : [];
    const { exit, until } = await endOf({ run: row, plan }, { facts, reported, attributes: run.attributes });
    if (exit !== undefined) return { kind: 'end', status: exit.status, ended: endedAs(exit) };
    const passing = passedBy(plan, row, facts);
    if (passing !== undefined) return { kind: 'answered', outcome: passing.label, by: undefined };
    run.review = [until, ...conditionsAwaited(plan, row).map(({ when }) => evaluate(when, facts).until)].flatMap((one) => one ?? []).sort()[0];
  }
  const answer = answeredBy(row, events, knowing(run));
  if (answer !== undefined) return { kind: 'answered', outcome: answer.waiter.label, by: answer.event };
  return moved ? { kind: 'moved' } : undefined;
};

const happen = (run: Run, event: ContactEvent): void => {
  run.events.push(event);
  if (event.at > run.now) run.now = event.at;
  if (event.type === 'click' && settlesAt(event) > event.at) {
    run.checks.push(sweptAt(settlesAt(event)));
    run.row = { ...run.row, due: heldOpenUntil(run.row, event) ?? run.row.due };
  }
  if (event.type === 'segment') {
    if (event.change === 'joined') run.segments.add(event.segment);
    else run.segments.delete(event.segment);
  }
};

/** Lets time pass up to a moment, and stops where something happens that ends the run, its wait, or moves it. */
export const passTime = async (run: Run, until: Instant): Promise<Stop | undefined> => {
  for (;;) {
    const review = run.review === undefined ? undefined : sweptAt(run.review);
    const check = [run.checks[0], review].flatMap((one) => one ?? []).sort()[0];
    const isBefore = check !== undefined && check <= until;
    const event = run.agenda.next(isBefore ? check : until);
    if (event !== undefined) happen(run, event);
    else if (!isBefore) return undefined;
    else {
      if (run.checks[0] === check) run.checks.shift();
      if (review === check) run.review = undefined;
      if (check > run.now) run.now = check;
    }
    const stop = await stopNow(run, event);
    if (stop !== undefined) return stop;
  }
};

/** The event that woke the run, for branches that read its attributes. */
export const wokenBy = (by: ContactEvent | undefined): { readonly wokenBy?: string } => (by === undefined ? {} : { wokenBy: eventKey(by) });
