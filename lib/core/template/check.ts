import type { Variable } from 'liquidjs';
import { isField } from '../contact/fields.ts';
import { Name } from '../ids.ts';
import type { Part } from './parse.ts';
import { partNames } from './parse.ts';
import type { Template } from './template.ts';
import { nameOf, usesOf } from './variables.ts';

/** What every message may read beside the contact and its links. */
export const settingsInScope = {
  sender: ['name', 'address', 'replyTo'],
  organisation: ['name', 'postalAddress'],
} as const;

/** Links that the platform makes itself; a template uses them without declaring them. */
export const builtInLinks = ['unsubscribe'] as const;

export const templateFindings = {
  'template.syntax': 'Mend the Liquid syntax; tags that include files and filters that undo the escaping do not exist here.',
  'template.unknown-name': 'Read contact.<field>, links.<name>, sender.<name, address, replyTo> or organisation.<name, postalAddress>.',
  'template.unknown-field': 'Name a field of the contact record.',
  'template.computed-name': 'Write each name out, so that it is known which data the message reveals.',
  'template.undeclared-link': 'Declare the link under links, with the address it leads to.',
  'template.reserved-link': 'Give the link another name; the platform makes this one.',
  'template.link-name': 'Name the link in lower-case words joined by hyphens.',
} as const;

export type TemplateFinding = {
  readonly code: keyof typeof templateFindings;
  /** The part, or the declared link, of the template: `subject`, `links.enrol`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
};

const finding = (code: TemplateFinding['code'], path: string, message: string): TemplateFinding =>
  ({ code, path, message, remedy: templateFindings[code] });

const builtIn = (link: string): boolean => builtInLinks.some((name) => name === link);

/** Properties that Liquid itself gives to a list or a text. */
const isView = (segment: unknown): boolean =>
  typeof segment === 'number' || segment === 'size' || segment === 'first' || segment === 'last';

const faultOf = (template: Template, root: unknown, property: unknown): TemplateFinding['code'] | undefined => {
  if (typeof property !== 'string') return 'template.unknown-name';
  if (root === 'contact') return isField(property) ? undefined : 'template.unknown-field';
  if (root === 'links') {
    return Object.hasOwn(template.links, property) || builtIn(property) ? undefined : 'template.undeclared-link';
  }
  const known = Object.entries(settingsInScope).some(([name, properties]) =>
    name === root && properties.some((candidate) => candidate === property));
  return known ? undefined : 'template.unknown-name';
};

const checkUse = (template: Template, part: Part, use: Variable): readonly TemplateFinding[] => {
  const [root, property, ...views] = use.segments;
  const name = nameOf(use);
  const at = `line ${use.location.row}`;
  if (name === undefined) return [finding('template.computed-name', part, `a name is computed on ${at}`)];
  const code = faultOf(template, root, property) ?? (views.every(isView) ? undefined : 'template.unknown-name');
  return code === undefined ? [] : [finding(code, part, `${use.toString()} is not defined (${at})`)];
};

const checkPart = (template: Template, part: Part): readonly TemplateFinding[] => {
  try {
    return usesOf(template, part).flatMap((use) => checkUse(template, part, use));
  } catch (error) {
    return [finding('template.syntax', part, error instanceof Error ? error.message : 'not Liquid')];
  }
};

const checkLinks = (template: Template): readonly TemplateFinding[] =>
  Object.keys(template.links).flatMap((link) => {
    if (builtIn(link)) return [finding('template.reserved-link', `links.${link}`, `${link} is a link of the platform`)];
    return Name.safeParse(link).success ? [] : [finding('template.link-name', `links.${link}`, `${link} is not a name`)];
  });

/** Everything that would keep this template from rendering for any contact. Empty: it is sound. */
export const checkTemplate = (template: Template): readonly TemplateFinding[] =>
  [...checkLinks(template), ...partNames.flatMap((part) => checkPart(template, part))];
