import { latestZone } from '../consent/zone.ts';
import type { Language } from './language.ts';

const locales: { readonly [L in Language]: string } = { en: 'en-US', es: 'es-US' };

/** An instant as a date on the reader's wall, `November 2, 2026`. */
export const dateIn = (language: Language, zone: string | null, at: string): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone ?? latestZone }).format(new Date(at));
