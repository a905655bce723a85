import { type Check, type Draft, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import type { StepOf } from '../plan.ts';

type Awaited = StepOf<'wait-for-event'>['events'][number]['on'];

const clickFindings = (on: Awaited, path: string, { byId, context }: Draft): readonly Finding[] => {
  if (on.type !== 'click') return [];
  const source = byId.get(on.of)?.step;
  if (source === undefined) return [finding('journey.unknown-step', `${path}.of`, `there is no step "${on.of}"`)];
  if (source.kind !== 'send') return [finding('journey.click-source', `${path}.of`, `"${on.of}" sends no message`)];
  const template = templateOf(context, source.template);
  if (template === undefined || Object.hasOwn(template.links, on.link)) return [];
  const links = Object.keys(template.links).join(', ');
  return [finding('journey.unknown-link', `${path}.click`,
    `template "${source.template}" has no link "${on.link}"; it has ${links === '' ? 'none' : links}`)];
};

/** An awaited click is one on a link that the named step sends. */
export const clicks: Check = (draft) =>
  draft.steps.flatMap(({ step, path }) =>
    (step.kind !== 'wait-for-event' ? [] : step.events.flatMap(({ on }, index) =>
      clickFindings(on, `${path}.waitFor[${index}]`, draft))));
