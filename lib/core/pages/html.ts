/** Markup that is safe to send: made by {@link html} alone. */
export type Html = { readonly markup: string };

type Part = string | Html | readonly Html[];

/** Every character that could end a text or an attribute, as a numeric reference. */
export const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"'`]/gu, (character) => `&#${character.codePointAt(0)};`);

const markupOf = (part: Part): string => {
  if (typeof part === 'string') return escapeText(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** A template whose texts are escaped; only markup of this very function goes in as it is. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  ({ markup: strings.map((string, index) => string + (index < parts.length ? markupOf(parts[index] ?? '') : '')).join('') });

export const nothing: Html = { markup: '' };
