import type { ContactRecord } from '../contact/record.ts';
import { SendwellError } from '../errors.ts';
import type { Sender } from '../journey/settings.ts';
import type { Organisation } from '../organisation.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import { builtInLinks } from './check.ts';
import { StandIn } from './parse.ts';
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

/** Any value of a run, while nobody knows which: a text that filters leave as it is. */
const someValue = new StandIn('-');

/** Whether a message would lack a value of the contact itself, whatever its run brings. */
export const lackingOfContact = (template: Template, values: Omit<Values, 'run'>, frame: Frame): 'skip' | 'fail' | undefined =>
  lackingIn(template, { ...values, run: () => someValue }, frame);

/** The values of a run, as `run.<attribute>`, without which a message that lacks nothing of the contact would not be whole. */
export const hangingOnRun = (template: Template, values: Omit<Values, 'run'>, frame: Frame): readonly string[] =>
  valuesOf(template).flatMap(([root, name]) => {
    const without = (other: string): unknown => (other === name ? undefined : someValue);
    return root === 'run' && lackingIn(template, { ...values, run: without }, frame) !== undefined ? [`run.${name}`] : [];
  });
