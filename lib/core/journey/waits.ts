import type { WaitRule } from './plan.ts';

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
