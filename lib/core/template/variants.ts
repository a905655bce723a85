import type { ContactRecord } from '../contact/record.ts';
import type { LanguageTag, Template } from './template.ts';

/** One language of a message. Its name is that of the message, and `.` and the language for a variant: `reminder.es`. */
export type Variant = { readonly name: string; readonly template: Template };

/** The language that a person chose on the preference page, then the one on record; without its region. */
export const languageOfContact = ({ fields, choices }: Pick<ContactRecord, 'fields' | 'choices'>): LanguageTag | undefined => {
  const chosen = choices?.findLast(({ matter }) => matter === 'language')?.value;
  return /^[a-z]{2,3}(?![a-z])/u.exec((chosen ?? fields.language ?? '').trim().toLowerCase())?.[0];
};

const alone = ({ variants: _, ...template }: Template): Template => template;

/** The languages of a message, each as a message of its own, the default first. A message in one language is itself. */
export const variantsOf = (template: Template): readonly [Variant, ...Variant[]] => [
  { name: template.template, template: alone(template) },
  ...Object.entries(template.variants ?? {}).map(([language, variant]) => ({
    name: `${template.template}.${language}`,
    template: { ...alone(template), ...variant, language, missing: { ...template.missing, ...variant.missing } },
  })),
];

/** The variant in a language, or the message in its own where there is none. */
export const variantFor = (template: Template, language: LanguageTag | undefined): Variant => {
  const [own, ...others] = variantsOf(template);
  return others.find((variant) => variant.template.language === language) ?? own;
};
