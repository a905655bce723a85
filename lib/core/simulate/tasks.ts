import { recordFacts } from '../contact/fields.ts';
import { pruneRecent } from '../contact/store.ts';
import type { Enrolment } from '../engine/enrolment.ts';
import { judgeSend } from '../engine/judge.ts';
import { isCommercial } from '../engine/message.ts';
import { sendName } from '../engine/send.ts';
import { waitersOf } from '../engine/waiters.ts';
import type { Name } from '../ids.ts';
import { armOf } from '../journey/assign.ts';
import { chooseWay } from '../journey/choose.ts';
import type { Kind, Step, StepOf, WaitRuleOf } from '../journey/plan.ts';
import { endedBy } from '../journey/waits.ts';
import { lackingIn } from '../template/lacking.ts';
import type { Instant } from '../time.ts';
import { plainFacts } from '../window/moment.ts';
import { segmentIdIn } from './agenda.ts';
import { deedsAfter } from './behaviour.ts';
import type { End } from './course.ts';
import { reckon } from './reckon.ts';
import type { Run } from './state.ts';
import { factsOf } from './state.ts';

/** What a task comes to. `put-off` parks a send at itself; a park ends at `due` with `outcome`, or by an event. */
export type Next =
  | { readonly kind: 'on'; readonly outcome: Name }
  | { readonly kind: 'put-off'; readonly reason: string; readonly until: Instant }
  | { readonly kind: 'park'; readonly due: Instant; readonly outcome: Name; readonly waiters: NonNullable<Enrolment['waiters']> }
  | { readonly kind: 'end'; readonly status: End['status']; readonly ended: string };

const send = (step: StepOf<'send'>, run: Run): Next => {
  const { world: { version: { plan, templates }, organisation, behaviour }, person, now, row, agenda } = run;
  const { template } = step;
  const refuse = (reason: string): Next => {
    run.entries.push({ at: now, step: step.id, what: 'refused', template, reason });
    return { kind: 'on', outcome: 'refused' };
  };
  if (row.group === 'holdout') return refuse('HOLDOUT');
  const name = sendName({ enrolment: row.enrolment, step: step.id, leg: row.leg });
  const judged = judgeSend({
    plan, organisation, contact: person.contact, record: person.record, recent: run.recent, waiting: [], send: name, now, complaintRate: 0,
  });
  if (judged.kind === 'later') return { kind: 'put-off', reason: judged.reason, until: judged.at };
  if (judged.kind === 'refused') return refuse(judged.reason);
  const found = templates[template];
  if (found === undefined) return { kind: 'end', status: 'FAILED', ended: 'template.unknown' };
  const values = { record: person.record, contact: recordFacts(person.record, now).read, run: run.attributes };
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

const wait = (step: StepOf<'wait'>, { person, now, attributes }: Run): Next => {
  const { zone, read } = recordFacts(person.record, now);
  const reckoning = reckon(step.until, { ...plainFacts(now, zone), read, attributes });
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
  const waiters = await waitersOf(world.version.plan, step, { idOf: (segment) => Promise.resolve(segmentIdIn(segment)) });
  return { kind: 'park', due: reckoning.kind === 'at' ? reckoning.due : now, outcome: 'timeout', waiters: [...waiters] };
};

/** A go-to, and a branch on outcomes alone, are no tasks. */
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

/** What the task of a step comes to at this moment. */
export const doTask = (step: Exclude<Step, { kind: 'go-to' }>, run: Run): Next | Promise<Next> => tasks[step.kind](step as never, run);
