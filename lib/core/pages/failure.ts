import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Language } from './language.ts';
import { wordsOf } from './words.ts';

/** The same page for a link that is forged, cut off, ended, or of someone who is not known: it tells nothing. */
export const renderNotFound = (language: Language): string => {
  const { notFoundTitle: title, notFoundBody } = wordsOf(language);
  return layout({ language, title, body: html`<p>${notFoundBody}</p>` });
};

/** The page of a fault that is ours. */
export const renderFailed = (language: Language): string => {
  const { failedTitle: title, failedBody } = wordsOf(language);
  return layout({ language, title, body: html`<p>${failedBody}</p>` });
};
