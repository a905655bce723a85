import type { Leaf } from '../../segment/condition.ts';
import { attributesOf, eventsWith } from '../attributes.ts';
import { leavesAsked } from '../conditions.ts';
import type { Check, Draft } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import { eventFindings, testFindings } from './awaited.ts';

type Of<K extends string> = Extract<Leaf, Record<K, unknown>>;

const attributeFindings = (test: Of<'attribute'>, path: string, draft: Draft): readonly Finding[] => {
  if (attributesOf(draft, test.attribute).length === 0) {
    return [finding('journey.unknown-attribute', `${path}.attribute`,
      `no event that starts the journey, or that it waits for, has an attribute "${test.attribute}"`)];
  }
  return eventsWith(draft, test.attribute).flatMap((event) => testFindings(event, test, path)).slice(0, 1);
};

/** Conditions ask for events that are declared, and for attributes that those have. */
export const askedEvents: Check = (draft) => leavesAsked(draft).flatMap(({ leaf, path }): readonly Finding[] => {
  if ('event' in leaf) return eventFindings(leaf, path, draft);
  return 'attribute' in leaf ? attributeFindings(leaf, path, draft) : [];
});
