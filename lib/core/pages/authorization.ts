import type { FormContext } from '../authorization/sections.ts';
import { sectionsOf } from '../authorization/sections.ts';
import type { SignedForm } from '../authorization/sign.ts';
import type { Html } from './html.ts';
import { html, nothing } from './html.ts';
import { dateIn } from './date.ts';
import { layout } from './layout.ts';
import type { Language } from './language.ts';
import { wordsOf } from './words.ts';

/** What kept a form from being signed. */
export type SignFault = 'nameMissing' | 'agreeMissing' | 'formChanged';

export type AuthorizationPage = FormContext & {
  readonly faults: readonly SignFault[];
  /** What the reader had typed, given back on a fault. */
  readonly name: string;
};

const sectionHtml = ({ heading, text }: { readonly heading: string; readonly text: string }): Html =>
  html`<h2>${heading}</h2><p>${text}</p>`;

const fieldOfFault = { nameMissing: 'name', agreeMissing: 'agree', formChanged: 'form-text' } as const;

const faultList = (faults: readonly SignFault[], language: Language): Html => {
  const words = wordsOf(language);
  return faults.length === 0 ? nothing : html`<div class="errors" role="alert"><h2>${words.errorTitle}</h2><ul>${
    faults.map((fault) => html`<li><a href="#${fieldOfFault[fault]}">${words[fault]}</a></li>`)}</ul></div>`;
};

const faultAt = (fault: SignFault, { faults, language }: AuthorizationPage): Html =>
  faults.includes(fault) ? html`<p class="error" id="${fieldOfFault[fault]}-error">${wordsOf(language)[fault]}</p>` : nothing;

const marked = (fault: SignFault, { faults }: AuthorizationPage): Html =>
  faults.includes(fault) ? html` aria-invalid="true" aria-describedby="${fieldOfFault[fault]}-error"` : nothing;

/** The form to read and sign: the box stands unchecked, and nothing else is asked along with it. */
export const renderAuthorization = (page: AuthorizationPage): string => {
  const { form, language, organisation, faults, name } = page;
  const words = wordsOf(language);
  return layout({
    language, organisation: organisation.name, title: form[language].title,
    body: html`${faultList(faults, language)}<div id="form-text"><p>${words.authorizationIntro}</p>
${sectionsOf(page).map(sectionHtml)}</div>
<form method="post"><h2>${words.signTitle}</h2><p>${words.signOnlyForYourself}</p>
<input type="hidden" name="version" value="${String(form.version)}"><input type="hidden" name="language" value="${language}">
<label class="field" for="name">${words.nameLabel} (${words.required})</label>${faultAt('nameMissing', page)}
<input type="text" id="name" name="name" value="${name}" maxlength="200" autocomplete="name" required${marked('nameMissing', page)}>
${faultAt('agreeMissing', page)}<div class="choice"><input type="checkbox" id="agree" name="agree" value="yes" required${marked('agreeMissing', page)}><label for="agree">${words.agree} (${words.required})</label></div>
<button>${words.signButton}</button></form>`,
  });
};

export type SignedPage = {
  readonly language: Language;
  readonly organisation: string;
  readonly signed: SignedForm;
  readonly zone: string | null;
  /** Null while the permission stands. */
  readonly revokedAt: string | null;
};

/** The copy for the one who signed: the text as it was signed, in the language it was signed in. */
export const renderSigned = ({ language, organisation, signed, zone, revokedAt }: SignedPage): string => {
  const words = wordsOf(language);
  const day = (at: string): string => dateIn(language, zone, at);
  return layout({
    language, organisation, title: words.signedTitle,
    body: html`<div class="notice" role="status"><p>${words.signedBody}</p></div>
<div lang="${signed.language}"><h2>${signed.title}</h2>
${signed.sections.map(({ heading, text }) => html`<h3>${heading}</h3><p>${text}</p>`)}<p>${signed.statement}</p></div>
<dl><dt>${words.signedBy}</dt><dd>${signed.name}</dd><dt>${words.signedOn}</dt><dd>${day(signed.signedAt)}</dd>
<dt>${words.endsOn}</dt><dd>${day(signed.endsAt)}</dd>${
  revokedAt === null ? nothing : html`<dt>${words.revokedOn}</dt><dd>${day(revokedAt)}</dd>`}</dl>
<p class="hint">${words.formVersion(signed.version)}</p>`,
  });
};
