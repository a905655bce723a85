import type { Language } from './language.ts';
import { en } from './words-en.ts';
import { es } from './words-es.ts';

/** Every language says the same things. */
export type Words = { readonly [Key in keyof typeof en]: (typeof en)[Key] };

const wordsIn: { readonly [L in Language]: Words } = { en, es };

export const wordsOf = (language: Language): Words => wordsIn[language];

/** Version of the wording of the preference page, kept with each choice; a change of its words takes the next one. */
export const preferencesVersion = 'preferences-1';
