import type { ContactRecord } from '../contact/record.ts';
import { SendwellError } from '../errors.ts';
import type { Sender } from '../journey/settings.ts';
import type { Organisation } from '../organisation.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import { builtInLinks } from './check.ts';
import { renderMessage } from './render.ts';
import type { Template } from './template.ts';
import { variablesOf } from './variables.ts';
import { languageOfContact, variantFor } from './variants.ts';

const named = new WeakMap<Template, readonly (readonly [root: string, name: string])[]>();

/** The values of contact and run that a template names. */
const valuesOf = (template: Template): readonly (readonly [root: string, name: string])[] => {
  const known = named.get(template);
  if (known !== undefined) return known;
  const { subject, body } = variablesOf(template);
  const values = [...new Set([...subject, ...body])].map((name) => name.split('.'))
    .flatMap(([root, name]) => ((root === 'contact' || root === 'run') && name !== undefined ? [[root, name] as const] : []));
  named.set(template, values);
  return values;
};

export type Values = { readonly record: ContactRecord; readonly contact: FieldReader; readonly run: FieldReader };
type Frame = { readonly sender: Sender; readonly organisation: Pick<Organisation, 'name' | 'postalAddress' | 'linkBase'> };

/**
 * Whether a message would lack a value for a contact, as rendering it shows: `skip`, it would be left out, or `fail`, the
 * run would end; undefined where it is whole. Where every value that the template names is there, nothing is rendered.
 * The links are made up: nothing is sent.
 */
export const lackingIn = (template: Template, { record, contact, run }: Values, { sender, organisation }: Frame): 'skip' | 'fail' | undefined => {
  if (valuesOf(template).every(([root, name]) => (root === 'run' ? run : contact)(name) !== undefined)) return undefined;
  const links = Object.fromEntries([...Object.keys(template.links), ...builtInLinks].map((name) => [name, organisation.linkBase]));
  const scope = { contact: new Phi(contact), run: new Phi(run), zone: record.standing.time_zone ?? undefined, links, sender, organisation };
  try {
    renderMessage(variantFor(template, languageOfContact(record)).template, scope);
    return undefined;
  } catch (error) {
    if (error instanceof SendwellError && error.code === 'template.failed') return 'skip';
    if (error instanceof SendwellError && error.code === 'template.value-missing') return 'fail';
    throw error;
  }
};
