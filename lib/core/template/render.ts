import { UndefinedVariableError } from 'liquidjs';
import { SendwellError } from '../errors.ts';
import type { Sender } from '../journey/settings.ts';
import type { Organisation } from '../organisation.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { Part } from './parse.ts';
import { engineOf, isBlank, parsePart, StandIn, zoneKey } from './parse.ts';
import type { Template } from './template.ts';
import { distinct, namesIn } from './uses.ts';

export type Scope = {
  readonly contact: Phi<FieldReader>;
  /** What the event that began the run, or moved it, told; nothing where no event did. */
  readonly run?: Phi<FieldReader>;
  /** The contact's zone, an IANA name: instants are written in it. */
  readonly zone?: string | undefined;
  /** By name: where each link leads, ready to be printed. */
  readonly links: Readonly<Record<string, string>>;
  readonly sender: Sender;
  readonly organisation: Pick<Organisation, 'name' | 'postalAddress'>;
};

export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

type Values = Readonly<Record<'contact' | 'run', Readonly<Record<string, unknown>>>>;

/** The values that the template names and no others: 45 CFR 164.502(b). A blank one is missing. */
const valuesOf = (template: Template, names: readonly string[], { contact, run }: Scope): Values => {
  const readers = { contact: contact.open(), run: run?.open() ?? (() => undefined) };
  const valuesIn = (root: keyof typeof readers) => Object.fromEntries(names
    .filter((name) => name.startsWith(`${root}.`))
    .map((name) => {
      const value = readers[root](name.slice(root.length + 1));
      if (!isBlank(value)) return [name, value] as const;
      const outcome = template.missing?.[name];
      return [name, typeof outcome === 'object' ? new StandIn(outcome.default) : undefined] as const;
    })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name.slice(root.length + 1), value]));
  return { contact: valuesIn('contact'), run: valuesIn('run') };
};

/** Ends the message where a value is missing that its author wants it to end for; a failure goes before a skip. */
const requireValues = (template: Template, names: readonly string[], { contact, run }: Values): void => {
  const missing = Object.entries(template.missing ?? {}).filter(([name]) => {
    const [root, property = ''] = name.split('.');
    return names.includes(name) && !Object.hasOwn(root === 'run' ? run : contact, property);
  });
  const [variable] = missing.find(([, outcome]) => outcome === 'fail') ?? missing.find(([, outcome]) => outcome === 'skip') ?? [];
  if (variable === undefined) return;
  const code = template.missing?.[variable] === 'fail' ? 'template.value-missing' : 'template.failed';
  throw new SendwellError(code, { template: template.template, variable });
};

/** One line without control characters: a value cannot begin a header of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();

/** liquidjs names the variable in its message only; a name that the template computes may hold a value, so it is left out. */
const failure = (template: Template, part: Part, names: readonly string[], error: unknown): SendwellError => {
  const variable = error instanceof UndefinedVariableError
    ? names.find((name) => error.message.startsWith(`undefined variable: ${name},`))
    : undefined;
  return new SendwellError('template.failed', { template: template.template, part, ...(variable === undefined ? {} : { variable }) });
};

const namesOf = (template: Template) => {
  try {
    return { subject: namesIn(template, 'subject'), body: namesIn(template, 'text', 'html') };
  } catch {
    throw new SendwellError('template.failed', { template: template.template });
  }
};

/**
 * The message for one contact, in the template's own language. A message never goes out with a gap: where a value is
 * missing that the author wants a text for, the text stands in; otherwise this throws `template.value-missing` where the
 * author wants the run to fail, and `template.failed` where the message is left out or nobody thought of the case.
 */
export const renderMessage = (template: Template, scope: Scope): Phi<Rendered> => {
  const named = namesOf(template);
  const all = distinct([...named.subject, ...named.body]);
  requireValues(template, all, valuesOf(template, all, scope));
  const { links, sender, organisation, zone } = scope;
  const render = (part: Part, names: readonly string[]): string => {
    try {
      return String(engineOf(part, template.language).renderSync(parsePart(template, part), {
        ...valuesOf(template, names, scope),
        links,
        sender: { name: sender.name, address: sender.address, replyTo: sender.replyTo },
        organisation: { name: organisation.name, postalAddress: organisation.postalAddress },
        [zoneKey]: zone ?? null,
      }));
    } catch (error) {
      throw failure(template, part, names, error);
    }
  };
  const subject = oneLine(render('subject', named.subject));
  if (subject === '') throw new SendwellError('template.failed', { template: template.template, part: 'subject' });
  return new Phi({ subject, text: render('text', named.body), html: render('html', named.body) });
};
