import { hasDays } from '../window/span.ts';
import type { StepOf, WaitRule } from './plan.ts';

/** Why a wait ends a run: `ended` of the enrolment. */
export const endedBy = { past: 'moment-past', missing: 'value-missing' } as const;

/** Whether a wait may skip the send that follows it. */
export const maySkip = (rule: WaitRule): boolean =>
  ('ifPast' in rule && rule.ifPast === 'skip') || ('ifMissing' in rule && rule.ifMissing === 'skip');

/** The contact's field that a wait reads, if it does. */
export const fieldOf = (rule: WaitRule): string | undefined =>
  (rule.rule === 'field' && 'field' in rule.from ? rule.from.field : undefined);

/** The attribute of the run that a wait reads, if it does. */
export const attributeOf = (rule: WaitRule): string | undefined =>
  (rule.rule === 'field' && 'attribute' in rule.from ? rule.from.attribute : undefined);

/** Whether the end of a wait for a moment can move: by another value, or by another zone of the contact. */
export const isMovable = (rule: WaitRule): boolean => rule.rule === 'field' || (rule.rule === 'local' && rule.zone === 'contact');

/** Whether the end of a wait depends on the contact's zone. */
export const readsZone = (step: StepOf<'wait'> | StepOf<'wait-for-event'>): boolean => {
  if (step.kind === 'wait-for-event') return hasDays(step.within);
  const rule = step.until;
  if (rule.rule === 'duration') return hasDays(rule.duration);
  return rule.rule !== 'instant' && rule.zone === 'contact';
};
