import type { Language } from '../pages/language.ts';
import { wordsOf } from '../pages/words.ts';
import type { Organisation } from '../organisation.ts';
import type { AuthorizationElements, AuthorizationForm } from './form.ts';

/** One element of the form as the reader sees it. */
export type Section = { readonly element: keyof AuthorizationElements; readonly heading: string; readonly text: string };

/** Who asks, what for, and in which language: all that the words of a form follow from. */
export type FormContext = {
  readonly form: AuthorizationForm;
  readonly language: Language;
  readonly organisation: Pick<Organisation, 'name' | 'entityId' | 'postalAddress' | 'authorization'>;
};

/** The whole form as it is read and signed, in the order of 45 CFR 164.508(c). */
export const sectionsOf = ({ form, language, organisation }: FormContext): readonly Section[] => {
  const words = wordsOf(language);
  const text = form[language];
  const channels = form.channels.map((channel) => (channel === 'email' ? words.channelEmail : words.channelSms)).join(` ${words.and} `);
  const all: readonly Section[] = [
    { element: 'information', heading: words.informationTitle, text: text.information },
    { element: 'disclosers', heading: words.disclosersTitle, text: words.disclosersBody(organisation.name) },
    { element: 'recipients', heading: words.recipientsTitle, text: text.recipients },
    { element: 'purpose', heading: words.purposeTitle, text: `${text.purpose} ${words.channelsBody(channels)}` },
    { element: 'remuneration', heading: words.remunerationTitle, text: text.remuneration },
    { element: 'expiry', heading: words.expiryTitle, text: words.expiryBody(form.expiresAfterDays) },
    { element: 'revocation', heading: words.revocationTitle, text: words.revocationBody(organisation.name, organisation.postalAddress) },
    { element: 'conditioning', heading: words.conditioningTitle, text: words.conditioningBody },
    { element: 'redisclosure', heading: words.redisclosureTitle, text: words.redisclosureBody },
  ];
  return all.filter(({ element }) => organisation.authorization[element]);
};
