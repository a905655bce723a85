import type { StoppedScope } from '../link/stop.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import { layout } from './layout.ts';
import type { Words } from './words.ts';
import { wordsOf } from './words.ts';

export type UnsubscribePage = {
  readonly language: Language;
  readonly organisation: string;
  /** What the link stops. */
  readonly stops: readonly StoppedScope[];
  /** Where the reader chooses in detail. */
  readonly preferences: string;
};

/** The words for what is stopped: the button says the same as the title. */
const wordsFor = (words: Words, stops: readonly StoppedScope[]) => {
  if (!stops.includes('fundraising')) {
    return { title: words.unsubscribeTitle, body: words.unsubscribeBody, done: words.unsubscribedBody };
  }
  return stops.includes('commercial')
    ? { title: words.unsubscribeBothTitle, body: words.unsubscribeBothBody, done: words.unsubscribedBothBody }
    : { title: words.unsubscribeFundraisingTitle, body: words.unsubscribeFundraisingBody, done: words.unsubscribedFundraisingBody };
};

/** Asks before it stops anything: scanners open links too. */
export const renderUnsubscribe = ({ language, organisation, stops, preferences }: UnsubscribePage): string => {
  const words = wordsOf(language);
  const { title, body } = wordsFor(words, stops);
  return layout({
    language, organisation, title,
    body: html`<p>${body(organisation)}</p>
<form method="post"><button>${title}</button></form>
<p><a href="${preferences}">${words.chooseInstead}</a></p>`,
  });
};

export const renderUnsubscribed = ({ language, organisation, stops, preferences }: UnsubscribePage): string => {
  const words = wordsOf(language);
  return layout({
    language, organisation, title: words.unsubscribedTitle,
    body: html`<p role="status">${wordsFor(words, stops).done(organisation)}</p>
<p><a href="${preferences}">${words.chooseMore}</a></p>`,
  });
};
