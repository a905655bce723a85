import { recordFacts } from '../contact/fields.ts';
import { pruneRecent } from '../contact/store.ts';
import type { RecentSend } from '../contact/store.ts';
import type { Answer } from '../engine/answer.ts';
import { answeredBy } from '../engine/answer.ts';
import type { Enrolment } from '../engine/enrolment.ts';
import type { ContactEvent } from '../engine/event.ts';
import { judgeSend } from '../engine/judge.ts';
import { isCommercial } from '../engine/message.ts';
import { settlesAt } from '../engine/scanner.ts';
import { sendName } from '../engine/send.ts';
import { visitAgain } from '../engine/visit.ts';
import { waitersOf } from '../engine/waiters.ts';
import type { Name, SegmentId } from '../ids.ts';
import { armOf, groupOf } from '../journey/assign.ts';
import { chooseWay } from '../journey/choose.ts';
import type { Kind, Step, StepOf, WaitRuleOf } from '../journey/plan.ts';
import { endedBy } from '../journey/waits.ts';
import { after, isTask, resumeAt, stepOf } from '../journey/walk.ts';
import type { Facts } from '../segment/facts.ts';
import { noFacts } from '../segment/facts.ts';
import { lackingIn } from '../template/lacking.ts';
import type { Instant } from '../time.ts';
import { plainFacts } from '../window/moment.ts';
import type { Agenda } from './agenda.ts';
import { createAgenda, simulatedRun, sweptAt } from './agenda.ts';
import { deedsAfter } from './behaviour.ts';
import type { Course, End, Entry } from './course.ts';
import { reckon } from './reckon.ts';
import type { Person, World } from './world.ts';

/** What a task comes to. `put-off` parks a send at itself; a park ends at `due` with `outcome`, or by an event. */
type Next =
  | { readonly kind: 'on'; readonly outcome: Name }
  | { readonly kind: 'put-off'; readonly reason: string; readonly until: Instant }
  | { readonly kind: 'park'; readonly due: Instant; readonly outcome: Name; readonly waiters: Enrolment['waiters'] }
  | { readonly kind: 'end'; readonly status: End['status']; readonly ended: string };

/** One contact under way. What a live run keeps in tables stands here, for as long as the contact is simulated. */
type Run = {
  readonly world: World;
  readonly person: Person;
  readonly agenda: Agenda;
  readonly entries: Entry[];
  /** What has happened. */
  readonly events: ContactEvent[];
  readonly segments: Set<Name>;
  /** When it shows whether a click was a person's. */
  readonly checks: Instant[];
  now: Instant;
  row: Enrolment;
  /** With which outcome the step was reached. */
  outcome: Name;
  recent: readonly RecentSend[];
};

/** Segments have ids in the live platform only; here each name stands for itself. */
const segmentIds = { idOf: (segment: Name): Promise<SegmentId> => Promise.resolve(segment as SegmentId) };

const factsOf = ({ person, now, outcome, segments, events, row }: Run): Facts => ({
  ...noFacts(now), ...recordFacts(person.record, now), outcome, segments, events,
  journeyOf: (enrolment) => (enrolment === simulatedRun ? row.journey : undefined), run: { enrolment: simulatedRun, journey: row.journey },
});

const send = (step: StepOf<'send'>, run: Run): Next => {
  const { world: { version: { plan, templates }, organisation, behaviour }, person, now, row, agenda } = run;
  const key = { contact: person.contact, enrolment: simulatedRun, step: step.id, leg: row.leg };
  const name = sendName(key);
  const { template } = step;
  const refuse = (reason: string): Next => {
    run.entries.push({ at: now, step: step.id, what: 'refused', template, reason });
    return { kind: 'on', outcome: 'refused' };
  };
  if (row.group === 'holdout') return refuse('HOLDOUT');
  const judged = judgeSend({ plan, organisation, contact: person.contact, record: person.record, recent: run.recent, send: name, now, complaintRate: 0 });
  if (judged.kind === 'later') return { kind: 'put-off', reason: judged.reason, until: judged.at };
  if (judged.kind === 'refused') return refuse(judged.reason);
  const found = templates[template];
  if (found === undefined) return { kind: 'end', status: 'FAILED', ended: 'template.unknown' };
  const values = { record: person.record, contact: recordFacts(person.record, now).read, run: () => undefined };
  const lacking = lackingIn(found, values, { sender: plan.sender, organisation });
  if (lacking !== undefined) {
    const next = refuse('TEMPLATE_VALUE_MISSING');
    return lacking === 'fail' ? { kind: 'end', status: 'FAILED', ended: 'template.value-missing' } : next;
  }
  run.recent = [...pruneRecent(run.recent, now), { at: now, channel: 'email', commercial: isCommercial(plan), send: name }];
  run.entries.push({ at: now, step: step.id, what: 'sent', template });
  for (const deed of deedsAfter(behaviour, person.contact, step.id, row.leg, now)) agenda.addDeed(deed);
  return { kind: 'on', outcome: 'sent' };
};

const wait = (step: StepOf<'wait'>, { person, now }: Run): Next => {
  const { zone, read } = recordFacts(person.record, now);
  const reckoning = reckon(step.until, { ...plainFacts(now, zone), read });
  if (reckoning.kind === 'at') {
    return reckoning.due <= now
      ? { kind: 'on', outcome: 'passed' } : { kind: 'park', due: reckoning.due, outcome: 'passed', waiters: [] };
  }
  if (reckoning.then === 'exit') return { kind: 'end', status: 'EXITED', ended: endedBy[reckoning.kind] };
  return { kind: 'on', outcome: reckoning.then === 'skip' ? 'skipped' : 'passed' };
};

/** The time of an event wait as a rule of its own, one for each step. */
const spans = new WeakMap<StepOf<'wait-for-event'>, WaitRuleOf<'duration'>>();

const spanOf = (step: StepOf<'wait-for-event'>): WaitRuleOf<'duration'> => {
  const rule = spans.get(step) ?? { rule: 'duration', duration: step.within };
  spans.set(step, rule);
  return rule;
};

const waitForEvent = async (step: StepOf<'wait-for-event'>, { world, person, now }: Run): Promise<Next> => {
  const { zone } = recordFacts(person.record, now);
  const reckoning = reckon(spanOf(step), plainFacts(now, zone));
  const due = reckoning.kind === 'at' ? reckoning.due : now;
  return { kind: 'park', due, outcome: 'timeout', waiters: [...await waitersOf(world.version.plan, step, segmentIds)] };
};

/** A branch on outcomes alone is no task. */
const tasks: { readonly [K in Exclude<Kind, 'go-to'>]: (step: StepOf<K>, run: Run) => Next | Promise<Next> } = {
  send,
  wait,
  'wait-for-event': waitForEvent,
  branch: (step, run) => ({ kind: 'on', outcome: chooseWay(step, factsOf(run)) }),
  split: async (step, { person, row }) => ({ kind: 'on', outcome: await armOf(step, row.journey, person.contact) }),
  'add-to-segment': (step, { segments, outcome }) => {
    segments.add(step.segment);
    return { kind: 'on', outcome };
  },
  end: ({ outcome }) => ({ kind: 'end', status: 'COMPLETED', ended: outcome }),
  // The other journey is another simulation.
  'hand-over': () => ({ kind: 'end', status: 'COMPLETED', ended: 'handed-over' }),
};

const isEarlier = (one: Instant | undefined, other: Instant): one is Instant => one !== undefined && one <= other;

/** Lets time pass up to a moment, and stops where something happens that ends the wait before it. */
const passTime = (run: Run, until: Instant): Answer | undefined => {
  const { agenda, checks, events, world } = run;
  for (;;) {
    const check = checks[0];
    const event = agenda.next(isEarlier(check, until) ? check : until);
    if (event === undefined && !isEarlier(check, until)) return undefined;
    if (event === undefined && check !== undefined) {
      checks.shift();
      run.now = check;
    }
    if (event !== undefined) {
      events.push(event);
      run.now = event.at > run.now ? event.at : run.now;
      if (event.type === 'click' && settlesAt(event) > event.at) checks.push(sweptAt(settlesAt(event)));
    }
    const answer = answeredBy(run.row, events, { now: run.now, plan: world.version.plan });
    if (answer !== undefined) return answer;
  }
};

type Woken = { readonly outcome: Name };

/** Waits until the event or the time comes; undefined where the simulation is over before. */
const sleep = (run: Run, next: Extract<Next, { kind: 'park' }>): Woken | undefined => {
  const { world, events } = run;
  run.row = { ...run.row, status: 'PARKED', waiters: next.waiters };
  const end = sweptAt(next.due);
  const limit = end < world.until ? end : world.until;
  const answer = answeredBy(run.row, events, { now: run.now, plan: world.version.plan }) ?? passTime(run, limit);
  run.row = { ...run.row, status: 'RUNNING', waiters: [] };
  if (answer !== undefined) return { outcome: answer.waiter.label };
  if (end > world.until) return undefined;
  run.now = end;
  return { outcome: next.outcome };
};

/** Puts the run at a step; false where the step was visited as often as it may be. */
const visit = (run: Run, step: Step): boolean => {
  const { row, now } = run;
  const again = visitAgain(step, row.visited[step.id], row.leg, now);
  if (again === undefined) return false;
  run.row = { ...row, step: step.id, visited: { ...row.visited, [step.id]: again } };
  return true;
};

const begin = async (world: World, person: Person): Promise<Run> => {
  const { plan, templates } = world.version;
  const linksOf = (step: string): number => {
    const found = stepOf(plan, step);
    return found.kind === 'send' ? Math.max(1, Object.keys(templates[found.template]?.links ?? {}).length) : 1;
  };
  const group = await groupOf(plan, person.contact);
  return {
    world, person, agenda: createAgenda(person.happenings, linksOf), entries: [], events: [], segments: new Set(person.segments), checks: [],
    now: person.entersAt, outcome: 'none', recent: person.recent,
    row: {
      contact: person.contact, enrolment: simulatedRun, journey: plan.journey, version: 1, status: 'RUNNING', step: plan.start, seq: 0,
      leg: 0, nextLeg: 0, legSeq: -1, resumeStep: plan.start, resumeOutcome: 'none', visited: {}, labels: {}, enteredAt: person.entersAt, ...(group === undefined ? {} : { group }),
    },
  };
};

/**
 * Takes one contact through a version, with the clock free: what it would get and when. It asks the same functions that
 * a live run asks: what a step leads to, when a wait ends, which event answers it, what a branch chooses, whether a
 * message may go. Nothing is sent and nothing is kept.
 */
export const simulate = async (world: World, person: Person): Promise<Course> => {
  const { plan } = world.version;
  const run = await begin(world, person);
  const { entries } = run;
  const over = (end: Omit<End, 'at'> | undefined): Course =>
    ({ contact: person.contact, entries, end: end === undefined ? undefined : { ...end, at: run.now } });
  for (let id: Name = plan.start; ;) {
    const step = stepOf(plan, id);
    if (step.kind !== 'go-to' && isTask(step)) {
      if (!visit(run, step)) return over({ status: 'COMPLETED', ended: 'loop', step: id });
      const next = await tasks[step.kind](step as never, run);
      if (next.kind === 'end') return over({ status: next.status, ended: next.ended, step: id });
      if (next.kind === 'put-off') {
        entries.push({ at: run.now, step: id, what: 'put-off', reason: next.reason, until: next.until });
        const until = sweptAt(next.until);
        passTime(run, until < world.until ? until : world.until);
        if (until > world.until) return over(undefined);
        run.now = until;
        continue;
      }
      if (next.kind === 'park') {
        entries.push({ at: run.now, step: id, what: 'waits', until: next.due });
        const woken = sleep(run, next);
        if (woken === undefined) return over(undefined);
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
