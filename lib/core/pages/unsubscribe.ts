import { html } from './html.ts';
import type { Language } from './language.ts';
import { layout } from './layout.ts';
import { wordsOf } from './words.ts';

export type UnsubscribePage = {
  readonly language: Language;
  readonly organisation: string;
  /** Where the reader chooses in detail. */
  readonly preferences: string;
};

/** Asks before it stops anything: scanners open links too. */
export const renderUnsubscribe = ({ language, organisation, preferences }: UnsubscribePage): string => {
  const words = wordsOf(language);
  return layout({
    language, organisation, title: words.unsubscribeTitle,
    body: html`<p>${words.unsubscribeBody(organisation)}</p>
<form method="post"><button>${words.unsubscribeButton}</button></form>
<p><a href="${preferences}">${words.chooseInstead}</a></p>`,
  });
};

export const renderUnsubscribed = ({ language, organisation, preferences }: UnsubscribePage): string => {
  const words = wordsOf(language);
  return layout({
    language, organisation, title: words.unsubscribedTitle,
    body: html`<p role="status">${words.unsubscribedBody(organisation)}</p>
<p><a href="${preferences}">${words.chooseMore}</a></p>`,
  });
};
