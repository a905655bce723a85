import { body, elements, htmlAttributes, htmlElements } from './elements.ts';
import type { sourceFindings } from './findings.ts';
import type { Protected } from './liquid.ts';

/** What is wrong with an element: a code, and what is to be said. */
type Fault = readonly [code: keyof typeof sourceFindings, message: string];

type Liquid = Pick<Protected<unknown>, 'liquidOf'>;

export type Attributes = Readonly<Record<string, string>>;

export const elementOf = (name: string) => (Object.hasOwn(elements, name) ? elements[name] : undefined);

/** Whether HTML stands in an element, rather than elements of MJML. */
export const holdsHtml = (name: string): boolean => elementOf(name)?.html === true || htmlElements.has(name);

const place = (name: string, parent: string): readonly Fault[] => {
  const element = elementOf(name);
  // What stands in an element that nobody knows has no place that could be wrong.
  if (parent !== body && elementOf(parent) === undefined && !holdsHtml(parent)) return [];
  if (element === undefined && !htmlElements.has(name)) return [['mjml.unknown-element', `<${name}> is not known`]];
  if (holdsHtml(parent)) return element === undefined ? [] : [['mjml.misplaced-element', `<${name}> stands in HTML`]];
  if (element === undefined) return [['mjml.misplaced-element', `<${name}> stands in mj-text, mj-button or mj-table, not in ${parent}`]];
  return element.in.includes(parent) ? [] : [['mjml.misplaced-element', `<${name}> stands in ${element.in.join(' or ')}, not in ${parent}`]];
};

const linkPattern = /^\{\{-?\s*links\.[a-z0-9-]+\s*-?\}\}$/u;

/** A reader is led on by declared links alone: a click counts, and no value of a record becomes an address. */
const leads = (name: string, { href }: Attributes, { liquidOf }: Liquid): readonly Fault[] => {
  if (href === undefined) return name === 'mj-button' ? [['mjml.bare-link', '<mj-button> leads nowhere']] : [];
  const own = /^(?:mailto|tel):[\w.+@-]+$/u.test(href);
  return own || linkPattern.test(liquidOf(href) ?? '') ? [] : [['mjml.bare-link', `<${name}> leads to an address of its own`]];
};

const shows = (name: string, { alt, src }: Attributes): readonly Fault[] => {
  if (name !== 'mj-image' && name !== 'img') return [];
  if (alt === undefined) return [['mjml.image', `<${name}> has no alt text`]];
  return /^https:\/\/(?!.*zzliquid)\S+$/u.test(src ?? '') ? [] : [['mjml.image', `<${name}> has no https address of its own`]];
};

/** Whether an element may stand where it does, with the attributes that it has. */
export const checkElement = (name: string, attributes: Attributes, parent: string, content: Liquid): readonly Fault[] => {
  const known = elementOf(name)?.attributes ?? htmlAttributes;
  const stray = Object.keys(attributes).filter((attribute) => !new Set(known).has(attribute));
  return [
    ...place(name, parent),
    ...stray.map((attribute): Fault => ['mjml.unknown-attribute', `<${name}> has no attribute ${attribute}`]),
    ...leads(name, attributes, content),
    ...shows(name, attributes),
  ];
};
