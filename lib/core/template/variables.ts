import type { Variable } from 'liquidjs';
import type { Part } from './parse.ts';
import { engineOf, parsePart } from './parse.ts';
import type { Template } from './template.ts';

/** Every name that a part takes from outside, as the author wrote it, with its line. Throws what parsing throws. */
export const usesOf = (template: Template, part: Part): readonly Variable[] =>
  Object.values(engineOf(part).analyzeSync(parsePart(template, part)).globals).flat();

/** Root and property of a use, `contact.firstName`; undefined where the template computes a name as it runs. */
export const nameOf = (use: Variable): string | undefined => {
  const [root, property] = use.segments;
  if (!use.segments.every((segment) => typeof segment !== 'object')) return undefined;
  return property === undefined ? String(root) : `${root}.${property}`;
};

const namesOf = (template: Template, part: Part): readonly string[] =>
  usesOf(template, part).map(nameOf).filter((name) => name !== undefined);

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Dotted names that the subject and the two bodies read, sorted: `contact.firstName`, `links.enrol`, `sender.name`. */
export const variablesOf = (template: Template): { readonly subject: readonly string[]; readonly body: readonly string[] } => ({
  subject: distinct(namesOf(template, 'subject')),
  body: distinct([...namesOf(template, 'text'), ...namesOf(template, 'html')]),
});
