import type { Check, Draft } from '../draft.ts';
import { runAttribute } from '../run-attribute.ts';
import { type Finding, finding } from '../findings.ts';
import type { StepOf, WaitRuleOf } from '../plan.ts';
import { momentFields, momentIn, readableFields, revealedBy } from '../reveals.ts';
import { maySkip } from '../waits.ts';

const valueFindings = (draft: Draft, rule: WaitRuleOf<'field'>, path: string): readonly Finding[] => {
  const at = `${path}.waitUntil.${rule.side}`;
  if ('attribute' in rule.from) {
    const { attribute } = rule.from;
    const found = runAttribute(draft, attribute);
    if (found === undefined) {
      return [finding('journey.unknown-attribute', `${at}.attribute`, `no event with an attribute "${attribute}" starts the journey`)];
    }
    if (found.type !== 'date' && found.type !== 'instant') {
      return [finding('journey.not-a-moment', `${at}.attribute`, `"${attribute}" is neither a date nor an instant`)];
    }
    return found.type === 'date' && rule.time === undefined
      ? [finding('journey.wait-without-time', `${path}.waitUntil.time`, `"${attribute}" is a date; the wait does not say at what time it ends`)] : [];
  }
  const { field } = rule.from;
  const moment = momentIn(field);
  if (revealedBy(field) === undefined) {
    return [finding('journey.unknown-field', `${at}.field`, `the wait reads "${field}"; there are ${readableFields.join(', ')}`)];
  }
  if (moment === undefined) {
    return [finding('journey.not-a-moment', `${at}.field`, `"${field}" is neither a date nor an instant; these are: ${momentFields.join(', ')}`)];
  }
  if (moment === 'date' && rule.time === undefined) {
    return [finding('journey.wait-without-time', `${path}.waitUntil.time`, `"${field}" is a date; the wait does not say at what time it ends`)];
  }
  return [];
};

const skipFindings = ({ byId }: Draft, step: StepOf<'wait'>, path: string): readonly Finding[] => {
  const following = byId.get(step.next)?.step;
  if (!maySkip(step.until) || following?.kind === 'send') return [];
  const key = 'ifPast' in step.until && step.until.ifPast === 'skip' ? 'ifPast' : 'ifMissing';
  return [finding('journey.skip-without-send', `${path}.waitUntil.${key}`, `no send follows "${step.id}"`)];
};

/** A wait reads a date or an instant that contacts have, and skips nothing but the send that follows. */
export const waits: Check = (draft) =>
  draft.steps.flatMap(({ step, path }) => (step.kind !== 'wait' ? [] : [
    ...(step.until.rule === 'field' ? valueFindings(draft, step.until, path) : []),
    ...skipFindings(draft, step, path),
  ]));
