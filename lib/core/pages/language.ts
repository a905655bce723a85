import * as z from 'zod';

/** The languages that pages speak. */
export const Language = z.enum(['en', 'es']);
export type Language = z.infer<typeof Language>;

const known = (tag: string | undefined): Language | undefined =>
  Language.safeParse((tag ?? '').trim().slice(0, 2).toLowerCase()).data;

/** The first language of an `Accept-Language` header that pages speak. Browsers list them in order of preference. */
const accepted = (header: string): Language | undefined =>
  header.split(',').map((tag) => known(tag)).find((language) => language !== undefined);

/** What the reader asked for on the page, then what is on record, then what the browser says; English without any. */
export const languageOf = (
  { asked, stored, header }: { readonly asked?: string | undefined; readonly stored?: string | undefined; readonly header: string },
): Language => known(asked) ?? known(stored) ?? accepted(header) ?? 'en';
