import { SendwellError } from '../errors.ts';
import type { Sender } from '../journey/settings.ts';
import type { Organisation } from '../organisation.ts';
import { Phi } from '../phi.ts';
import type { Rendered } from './render.ts';
import { renderMessage } from './render.ts';
import type { LanguageTag, Template } from './template.ts';
import { variantFor } from './variants.ts';

/** A contact that is made up. */
export type Sample = {
  readonly contact: Readonly<Record<string, unknown>>;
  readonly run?: Readonly<Record<string, unknown>>;
  /** An IANA name. */
  readonly zone?: string;
  readonly language?: LanguageTag;
};

export type Frame = {
  readonly sender: Sender;
  readonly organisation: Pick<Organisation, 'name' | 'postalAddress'>;
  /** Where the link leads that stops such mail; left out for mail that goes without. */
  readonly unsubscribe?: string;
  /** Where the link leads by which an authorization is signed anew. */
  readonly renew?: string;
};

/** `missing`: the message would not be sent; `variable` where the cause is one value, and not an expression. */
export type Preview =
  | ({ readonly kind: 'message'; readonly variant: string } & Rendered)
  | { readonly kind: 'missing'; readonly variant: string; readonly outcome: 'skip' | 'fail'; readonly variable: string | undefined };

/** What a contact like the sample would get, without sending it. Links lead straight to their addresses. */
export const preview = (template: Template, { contact, run, zone, language }: Sample, frame: Frame): Preview => {
  const variant = variantFor(template, language);
  const read = (values: Readonly<Record<string, unknown>>) => new Phi((name: string) => (Object.hasOwn(values, name) ? values[name] : undefined));
  const { unsubscribe, renew } = frame;
  const links = {
    ...template.links, ...(unsubscribe === undefined ? {} : { unsubscribe }), ...(renew === undefined ? {} : { renew }),
  };
  try {
    const scope = { contact: read(contact), run: read(run ?? {}), zone, links, sender: frame.sender, organisation: frame.organisation };
    return { kind: 'message', variant: variant.name, ...renderMessage(variant.template, scope).open() };
  } catch (error) {
    if (!(error instanceof SendwellError)) throw error;
    const { variable } = error.detail;
    return {
      kind: 'missing', variant: variant.name, outcome: error.code === 'template.value-missing' ? 'fail' : 'skip',
      variable: typeof variable === 'string' ? variable : undefined,
    };
  }
};
