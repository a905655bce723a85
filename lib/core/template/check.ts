import type { Variable } from 'liquidjs';
import { LiquidError } from 'liquidjs';
import { isField } from '../contact/fields.ts';
import { Name } from '../ids.ts';
import { checkForm } from './check-form.ts';
import type { TemplateFinding } from './findings.ts';
import { templateFinding } from './findings.ts';
import type { Part } from './parse.ts';
import { partNames } from './parse.ts';
import type { Template } from './template.ts';
import { ValueName } from './template.ts';
import { nameOf, usesOf } from './uses.ts';
import { variantsOf } from './variants.ts';

/** What every message may read beside the contact, the run and its links. */
export const settingsInScope = {
  sender: ['name', 'address', 'replyTo'],
  organisation: ['name', 'postalAddress'],
} as const;

/** Links that the platform makes itself; a template uses them without declaring them. */
export const builtInLinks = ['unsubscribe', 'renew'] as const;

const builtIn = (link: string): boolean => builtInLinks.some((name) => name === link);

/** Properties that Liquid itself gives to a list or a text. */
const isView = (segment: unknown): boolean =>
  typeof segment === 'number' || segment === 'size' || segment === 'first' || segment === 'last';

const faultOf = (template: Template, root: unknown, property: unknown): TemplateFinding['code'] | undefined => {
  if (typeof property !== 'string') return 'template.unknown-name';
  if (root === 'contact') return isField(property) ? undefined : 'template.unknown-field';
  // Which attributes a run has is known to its journey, which checks them.
  if (root === 'run') return ValueName.safeParse(`run.${property}`).success ? undefined : 'template.unknown-name';
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
  const { row } = use.location;
  if (name === undefined) return [templateFinding('template.computed-name', part, `a name is computed on line ${row}`, row)];
  const code = faultOf(template, root, property) ?? (views.every(isView) ? undefined : 'template.unknown-name');
  return code === undefined ? [] : [templateFinding(code, part, `${use.toString()} is not defined (line ${row})`, row)];
};

const checkPart = (template: Template, part: Part): readonly TemplateFinding[] => {
  try {
    return usesOf(template, part).flatMap((use) => checkUse(template, part, use));
  } catch (error) {
    if (!(error instanceof LiquidError)) return [templateFinding('template.syntax', part, 'not Liquid')];
    return [templateFinding('template.syntax', part, error.message, error.token.getPosition()[0])];
  }
};

const checkLinks = (template: Template): readonly TemplateFinding[] =>
  Object.keys(template.links).flatMap((link) => {
    const path = `links.${link}`;
    if (builtIn(link)) return [templateFinding('template.reserved-link', path, `${link} is a link of the platform`)];
    return Name.safeParse(link).success ? [] : [templateFinding('template.link-name', path, `${link} is not a name`)];
  });

/** Everything that would keep this message from rendering for any contact, in any of its languages. Empty: it is sound. */
export const checkTemplate = (template: Template): readonly TemplateFinding[] => {
  const found = [
    ...checkLinks(template),
    ...variantsOf(template).flatMap((variant, index) =>
      partNames.flatMap((part) => checkPart(variant.template, part)).map((one) => (index === 0
        ? one : { ...one, path: `variants.${variant.template.language ?? ''}.${one.path}` }))),
  ];
  return found.length > 0 || template.language === undefined ? found : checkForm(template);
};
