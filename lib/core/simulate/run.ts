import { visitAgain } from '../engine/visit.ts';
import type { Name } from '../ids.ts';
import type { Step } from '../journey/plan.ts';
import { after, isTask, resumeAt, stepOf } from '../journey/walk.ts';
import type { Instant } from '../time.ts';
import { sweptAt } from './agenda.ts';
import type { Course, End } from './course.ts';
import type { Stop } from './pass.ts';
import { passTime, stopNow, wokenBy } from './pass.ts';
import type { Run } from './state.ts';
import { beginRun } from './state.ts';
import type { Next } from './tasks.ts';
import { doTask } from './tasks.ts';
import type { Person, World } from './world.ts';

type Park = Extract<Next, { kind: 'park' }>;
type Ended = Extract<Next, { kind: 'end' }>;
type Woken = { readonly kind: 'on'; readonly outcome: Name } | Ended;

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

/** The wait as it is reckoned from the run's new attributes; the outcome where its moment has come, or is past. */
const again = async (run: Run, park: Park, step: Step): Promise<Park | Woken> => {
  if (step.kind !== 'wait') return park;
  const next = await doTask(step, run);
  return next.kind === 'put-off' ? park : next;
};

const goOn = (run: Run, stop: Exclude<Stop, { kind: 'moved' }>): Woken => {
  if (stop.kind === 'end') return stop;
  run.row = { ...run.row, ...wokenBy(stop.by) };
  return { kind: 'on', outcome: stop.outcome };
};

/** When the time of the wait is over, or the simulation. */
const limitOf = ({ row, now, world: { until } }: Run): Instant => earlier(sweptAt(row.due ?? now), until);

/** Lets the time of a wait pass, which a click may hold open. */
const passWait = async (run: Run): Promise<Stop | undefined> => {
  for (;;) {
    const limit = limitOf(run);
    const stop = await passTime(run, limit);
    if (stop !== undefined || limitOf(run) === limit) return stop;
  }
};

/** Waits until the event or the time comes; undefined where the simulation is over before. */
const sleep = async (run: Run, step: Step, first: Park): Promise<Woken | undefined> => {
  let park = first;
  let stop: Stop | undefined;
  do {
    const { wokenBy: _, ...row } = run.row;
    run.row = { ...row, status: 'PARKED', waiters: park.waiters, due: park.due };
    stop = (stop === undefined ? await stopNow(run) : undefined) ?? await passWait(run);
    if (stop?.kind === 'moved') {
      const next = await again(run, park, step);
      // What has just come is found by the sweep of the next minute.
      if (next.kind !== 'park') {
        run.now = sweptAt(run.now);
        return next;
      }
      park = next;
    }
  } while (stop?.kind === 'moved');
  run.row = { ...run.row, status: 'RUNNING', waiters: [] };
  if (stop !== undefined) return goOn(run, stop);
  const end = sweptAt(run.row.due ?? park.due);
  if (end > run.world.until) return undefined;
  run.now = end;
  return { kind: 'on', outcome: park.outcome };
};

/** Lets the time pass that keeps a send back; the end of the run where one comes, undefined where the simulation is over. */
const holdBack = async (run: Run, due: Instant): Promise<'on' | Ended | undefined> => {
  const until = sweptAt(due);
  for (;;) {
    const stop = await passTime(run, earlier(until, run.world.until));
    if (stop?.kind === 'end') return stop;
    if (stop === undefined) break;
  }
  if (until > run.world.until) return undefined;
  run.now = until;
  return 'on';
};

/** Puts the run at a step; false where the step was visited as often as it may be. */
const visit = (run: Run, step: Step): boolean => {
  const { row, now } = run;
  const visited = visitAgain(step, row.visited[step.id], row.leg, now);
  if (visited === undefined) return false;
  run.row = { ...row, step: step.id, visited: { ...row.visited, [step.id]: visited } };
  return true;
};

/**
 * Takes one contact through a version, with the clock free: what it would get and when. It asks the same functions that
 * a live run asks: what a step leads to, when a wait ends, which event answers it, what a branch chooses, whether a
 * message may go, what ends the run. Nothing is sent and nothing is kept.
 */
export const simulate = async (world: World, person: Person): Promise<Course> => {
  const { plan } = world.version;
  const run = await beginRun(world, person);
  if (run === undefined) {
    const end = { status: 'EXITED', ended: 'not-entered', step: plan.start, at: person.entersAt } as const;
    return { contact: person.contact, entries: [], end };
  }
  const { entries } = run;
  const over = (end: Omit<End, 'at'> | undefined): Course =>
    ({ contact: person.contact, entries, end: end === undefined ? undefined : { ...end, at: run.now } });
  for (let id: Name = plan.start; ;) {
    const step = stepOf(plan, id);
    const endHere = ({ status, ended }: Ended): Course => over({ status, ended, step: id });
    if (step.kind !== 'go-to' && isTask(step)) {
      if (!visit(run, step)) return over({ status: 'COMPLETED', ended: 'loop', step: id });
      const next = await doTask(step, run);
      if (next.kind === 'end') return endHere(next);
      if (next.kind === 'put-off') {
        entries.push({ at: run.now, step: id, what: 'put-off', reason: next.reason, until: next.until });
        const held = await holdBack(run, next.until);
        if (held === 'on') continue;
        return held === undefined ? over(undefined) : endHere(held);
      }
      if (next.kind === 'park') {
        entries.push({ at: run.now, step: id, what: 'waits', until: next.due });
        const woken = await sleep(run, step, next);
        if (woken === undefined) return over(undefined);
        if (woken.kind === 'end') return endHere(woken);
        entries.push({ at: run.now, step: id, what: 'went-on', outcome: woken.outcome });
        run.outcome = woken.outcome;
        run.row = { ...run.row, leg: run.row.leg + 1 };
        id = resumeAt(plan, id, woken.outcome);
        continue;
      }
      if (step.kind !== 'send') entries.push({ at: run.now, step: id, what: 'went-on', outcome: next.outcome });
      run.outcome = next.outcome;
    } else if (step.kind === 'branch') {
      visit(run, step);
    }
    const following = after(plan, id, run.outcome);
    if (following === undefined) return over({ status: 'COMPLETED', ended: run.outcome, step: id });
    id = following;
  }
};
