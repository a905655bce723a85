import { UndefinedVariableError } from 'liquidjs';
import { SendwellError } from '../errors.ts';
import type { Sender } from '../journey/settings.ts';
import type { Organisation } from '../organisation.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import { isField } from '../contact/fields.ts';
import type { Part } from './parse.ts';
import { engineOf, parsePart } from './parse.ts';
import type { Template } from './template.ts';
import { variablesOf } from './variables.ts';

export type Scope = {
  readonly contact: Phi<FieldReader>;
  /** By name: where each link leads, ready to be printed. */
  readonly links: Readonly<Record<string, string>>;
  readonly sender: Sender;
  readonly organisation: Pick<Organisation, 'name' | 'postalAddress'>;
};

export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

const contactPrefix = 'contact.';

/** The fields that the template names and no others: 45 CFR 164.502(b). */
const fieldsFor = (names: readonly string[], read: FieldReader): Record<string, unknown> =>
  Object.fromEntries(names
    .filter((name) => name.startsWith(contactPrefix))
    .map((name) => name.slice(contactPrefix.length))
    .filter(isField)
    .map((field) => [field, read(field)] as const)
    .filter(([, value]) => value !== undefined));

/** One line without control characters: a value cannot begin a header of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();

/** liquidjs names the variable in its message only; a name that the template computes may hold a value, so it is left out. */
const failure = (template: Template, part: Part, names: readonly string[], error: unknown): SendwellError => {
  const variable = error instanceof UndefinedVariableError
    ? names.find((name) => error.message.startsWith(`undefined variable: ${name},`))
    : undefined;
  return new SendwellError('template.failed', { template: template.template, part, ...(variable === undefined ? {} : { variable }) });
};

/**
 * The message for one contact. Throws `template.failed` where a value is missing: a message never goes out with a gap.
 * A template that allows for a missing value says so, with `if` or the filter `default`.
 */
export const renderMessage = (template: Template, { contact, links, sender, organisation }: Scope): Phi<Rendered> => {
  const render = (part: Part, names: readonly string[]): string => {
    try {
      const scope = {
        contact: fieldsFor(names, contact.open()),
        links,
        sender: { name: sender.name, address: sender.address, replyTo: sender.replyTo },
        organisation: { name: organisation.name, postalAddress: organisation.postalAddress },
      };
      return String(engineOf(part).renderSync(parsePart(template, part), scope));
    } catch (error) {
      throw failure(template, part, names, error);
    }
  };
  const named = (() => {
    try {
      return variablesOf(template);
    } catch {
      throw new SendwellError('template.failed', { template: template.template });
    }
  })();
  const subject = oneLine(render('subject', named.subject));
  if (subject === '') throw new SendwellError('template.failed', { template: template.template, part: 'subject' });
  return new Phi({ subject, text: render('text', named.body), html: render('html', named.body) });
};
