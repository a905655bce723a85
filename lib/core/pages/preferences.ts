import type { Preferences } from '../contact/preferences.ts';
import { frequencies, stopScopes } from '../contact/preferences.ts';
import type { Organisation, Topic } from '../organisation.ts';
import type { Instant } from '../time.ts';
import type { Html } from './html.ts';
import { html, nothing } from './html.ts';
import { layout } from './layout.ts';
import type { Language } from './language.ts';
import type { Words } from './words.ts';
import { wordsOf } from './words.ts';

export type PreferencesPage = {
  readonly language: Language;
  readonly organisation: Pick<Organisation, 'name' | 'topics' | 'nppFundraisingStatement'>;
  readonly preferences: Preferences;
  readonly now: Instant;
  /** What came of the choices that were just sent; undefined where none were. */
  readonly outcome: 'saved' | 'unchanged' | undefined;
};

const radio = (name: string, value: string, label: string, checked: boolean): Html => {
  const id = `${name}-${value}`;
  return html`<div class="choice"><input type="radio" id="${id}" name="${name}" value="${value}"${
    checked ? html` checked` : nothing}><label for="${id}">${label}</label></div>`;
};

const box = (name: string, label: string, checked: boolean): Html =>
  html`<div class="choice"><input type="checkbox" id="${name}" name="${name}" value="yes"${
    checked ? html` checked` : nothing} aria-describedby="stop-hint"><label for="${name}">${label}</label></div>`;

const yesOrNo = (words: Words, name: string, legend: string, value: string | undefined): Html =>
  html`<fieldset><legend>${legend}</legend>${radio(name, 'yes', words.yes, value === 'yes')}${radio(name, 'no', words.no, value === 'no')}</fieldset>`;

const topicHtml = (words: Words, topic: Topic, { language, preferences }: PreferencesPage): Html =>
  html`<fieldset><legend>${topic[language]}</legend>
${yesOrNo(words, `email-${topic.id}`, words.byEmail, preferences.email[topic.id])}
${yesOrNo(words, `text-${topic.id}`, words.byText, preferences.text[topic.id])}</fieldset>`;

const outcomeHtml = (words: Words, outcome: PreferencesPage['outcome']): Html => {
  if (outcome === undefined) return nothing;
  const saved = outcome === 'saved';
  return html`<div class="notice" role="status"><h2>${saved ? words.savedTitle : words.unchangedTitle}</h2><p>${
    saved ? words.savedBody : words.unchangedBody}</p></div>`;
};

/** Everything that a person may choose; a box or button is checked only where the person had chosen it. */
export const renderPreferences = (page: PreferencesPage): string => {
  const { language, organisation, preferences, now, outcome } = page;
  const words = wordsOf(language);
  const stopWords = { commercial: words.stopCommercial, sms: words.stopSms, fundraising: words.stopFundraising };
  const frequencyWords = { usual: words.frequencyUsual, weekly: words.frequencyWeekly };
  const scopes = stopScopes.filter((scope) => scope !== 'fundraising' || organisation.nppFundraisingStatement);
  return layout({
    language, organisation: organisation.name, title: words.preferencesTitle, footer: words.privacy(organisation.name),
    body: html`${outcomeHtml(words, outcome)}<p>${words.preferencesIntro(organisation.name)}</p>
<form method="post"><input type="hidden" name="shown" value="${now}"><input type="hidden" name="shown-in" value="${language}">
${organisation.topics.length === 0 ? nothing : html`<h2>${words.topicsTitle}</h2><p class="hint">${words.topicsHint}</p>
${organisation.topics.map((topic) => topicHtml(words, topic, page))}<p class="hint">${words.textNote}</p>`}
<fieldset><legend>${words.stopTitle}</legend><p class="hint" id="stop-hint">${words.stopHint}</p>
${scopes.map((scope) => box(`stop-${scope}`, stopWords[scope], preferences.stop[scope]))}</fieldset>
<fieldset><legend>${words.frequencyTitle}</legend>
${frequencies.map((value) => radio('frequency', value, frequencyWords[value], preferences.frequency === value))}</fieldset>
<fieldset><legend>${words.languageTitle}</legend>
${radio('language', 'en', words.languageEn, preferences.language === 'en')}${radio('language', 'es', words.languageEs, preferences.language === 'es')}</fieldset>
<button>${words.save}</button></form>`,
  });
};
