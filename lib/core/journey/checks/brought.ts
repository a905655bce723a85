import { attributeOf } from '../../event/definition.ts';
import type { Name } from '../../ids.ts';
import { possibleWithout } from '../../segment/possible.ts';
import type { Template } from '../../template/template.ts';
import { eventsWith } from '../attributes.ts';
import type { Check, Draft } from '../draft.ts';
import { eventOf, templateOf } from '../draft.ts';
import { triggerOf, waysIn } from '../entry.ts';
import { exitsOf } from '../exits.ts';
import { finding } from '../findings.ts';
import { reachable } from '../graph.ts';
import type { Step, StepOf } from '../plan.ts';
import { runAttributes } from '../reveals.ts';
import { runAttribute } from '../run-attribute.ts';

/** The ways in whose runs never have an attribute. A hand-over brings whatever the other run has. */
const waysWithout = ({ document, context }: Draft, name: string): readonly string[] =>
  waysIn(document.enter).flatMap(({ path, way }) => {
    const trigger = triggerOf(way);
    if (trigger?.kind === 'hand-over') return [];
    const event = trigger?.kind === 'event' ? eventOf(context, trigger.event) : undefined;
    // An event that nobody declares is found by another check.
    const brings = trigger?.kind === 'event' && (event === undefined || attributeOf(event, name) !== undefined);
    return brings ? [] : [path];
  });

const waysOfBranch = ({ choices, otherwise, missing }: StepOf<'branch'>, lacks: (name: string) => boolean): readonly Name[] => {
  const open: Name[] = [];
  for (const { when, next } of choices) {
    const results = possibleWithout(when, lacks);
    if (results.includes('yes')) open.push(next);
    if (results.includes('missing') && missing !== undefined) open.push(missing);
    if (!results.includes('no') && !(results.includes('missing') && missing === undefined)) return open;
  }
  return [...open, otherwise];
};

/** The steps that somebody may come to whose run has no such attribute. */
const reachedWithout = (draft: Draft, name: string): ReadonlySet<Name> => {
  // An event that is waited for may bring what that of the start did not; only conditions read it then.
  const lacks = (asked: string): boolean => asked === name && eventsWith(draft, name).length === 0;
  const waysOf = (step: Step): readonly Name[] => {
    if (step.kind === 'branch') return waysOfBranch(step, lacks);
    if (step.kind !== 'wait' || step.until.rule !== 'field') return exitsOf(step);
    const { from, ifMissing } = step.until;
    if (!('attribute' in from) || from.attribute !== name) return exitsOf(step);
    if (ifMissing === 'skip') return step.skipTo === undefined ? [] : [step.skipTo];
    return ifMissing === 'exit' ? [] : [step.next];
  };
  return reachable(draft.start, (id) => {
    const placed = draft.byId.get(id);
    return placed === undefined ? [] : waysOf(placed.step);
  });
};

/** The attributes of the run that a message cannot do without, those left out for which another text stands in. */
const needs = (template: Template, { context }: Draft): readonly string[] =>
  runAttributes(context.variables(template).needed.filter((name) => typeof template.missing?.[name] !== 'object'));

/** By template, what its readers need and some way in does not bring; each template is read once, however many steps send it. */
const lackedBy = (draft: Draft): ReadonlyMap<string, readonly (readonly [name: string, ways: readonly string[]])[]> => {
  const sent = draft.steps.flatMap(({ step }) => (step.kind === 'send' ? templateOf(draft.context, step.template) ?? [] : []));
  return new Map([...new Set(sent)].map((template) => [template.template, needs(template, draft).flatMap((name) => {
    const ways = runAttribute(draft, name) === undefined ? [] : waysWithout(draft, name);
    return ways.length === 0 ? [] : [[name, ways] as const];
  })]));
};

/**
 * No message reads an attribute of the run that some of its readers cannot have: a list, a date or a condition brings
 * none. It has a default, or a branch or a wait leads those past it. Documents of the first format did not have to.
 */
export const brought: Check = (draft) => {
  if (draft.document.format === 1) return [];
  const lacked = lackedBy(draft);
  return draft.steps.flatMap(({ step, path }) => {
    if (step.kind !== 'send') return [];
    return (lacked.get(step.template) ?? []).flatMap(([name, ways]) =>
      (reachedWithout(draft, name).has(step.id) ? [finding('journey.attribute-not-brought', `${path}.send`,
        `template "${step.template}" reads "run.${name}", which nobody has who enters by ${ways.map((way) => `"${way}"`).join(', ')}`)] : []));
  });
};
