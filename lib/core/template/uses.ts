import type { Variable } from 'liquidjs';
import type { Part } from './parse.ts';
import { engineOf, parsePart, partNames } from './parse.ts';
import type { Template } from './template.ts';
import { variantsOf } from './variants.ts';

/** Every name that a part takes from outside, as the author wrote it, with its line. Throws what parsing throws. */
export const usesOf = (template: Template, part: Part): readonly Variable[] =>
  Object.values(engineOf(part).analyzeSync(parsePart(template, part)).globals).flat();

/** Root and property of a use, `contact.firstName`; undefined where the template computes a name as it runs. */
export const nameOf = (use: Variable): string | undefined => {
  const [root, property] = use.segments;
  if (!use.segments.every((segment) => typeof segment !== 'object')) return undefined;
  return property === undefined ? String(root) : `${root}.${property}`;
};

export const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Dotted names that some parts of a message read in its own language, sorted: `contact.firstName`, `links.enrol`. */
export const namesIn = (template: Template, ...parts: readonly Part[]): readonly string[] =>
  distinct(parts.flatMap((part) => usesOf(template, part).map(nameOf).filter((name) => name !== undefined)));

/** Whether the message tells something of the event that began the run, or moved it, in any of its languages. */
export const readsRun = (template: Template): boolean => variantsOf(template)
  .some((variant) => namesIn(variant.template, ...partNames).some((name) => name.startsWith('run.')));
