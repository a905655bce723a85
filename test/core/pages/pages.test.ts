import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../lib/core/digest.ts';
import { html } from '../../../lib/core/pages/html.ts';
import { languageOf } from '../../../lib/core/pages/language.ts';
import { renderAuthorization } from '../../../lib/core/pages/authorization.ts';
import { renderPreferences } from '../../../lib/core/pages/preferences.ts';
import { en } from '../../../lib/core/pages/words-en.ts';
import { es } from '../../../lib/core/pages/words-es.ts';
import { preferencesVersion } from '../../../lib/core/pages/words.ts';
import { preferencesOf } from '../../../lib/core/contact/preferences.ts';
import { Instant } from '../../../lib/core/time.ts';
import { someRecord } from '../../fixtures/contact.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const now = Instant.parse('2026-11-02T14:00:00.000Z');
const form = someOrganisation.authorizationForms[0];

test('a text in a page never becomes markup', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(html`<p title="${text}">${text}</p>`.markup).toMatch(/^<p title="[^<>"']*">[^<>"']*<\/p>$/u);
  }));
});

test('both languages have words that differ for everything but names', () => {
  const same = Object.entries(en).filter(([key, words]) => words === es[key as keyof typeof es]).map(([key]) => key);
  expect(same).toEqual(['no']);
});

test('the wording of the preference page changes with its version alone', async () => {
  const spoken = [en, es].map((words) => Object.entries(words).filter(([key]) => !/^(?:authorization|sign|notFound|failed|unsubscribe)/u.test(key))
    .map(([key, word]) => [key, typeof word === 'string' ? word : (word as (...values: readonly string[]) => string)('A', 'B')]));
  expect([preferencesVersion, (await sha256(JSON.stringify(spoken))).slice(0, 16)]).toEqual(['preferences-1', '2c77d18aae2d537b']);
});

test.each([
  ['what the reader asks for', { asked: 'es', stored: 'en', header: 'en-US' }, 'es'],
  ['what is on record', { stored: 'es-MX', header: 'en-US' }, 'es'],
  ['what the browser prefers', { header: 'fr-FR,es;q=0.8,en;q=0.5' }, 'es'],
  ['English', { asked: 'xx', stored: 'fr', header: '' }, 'en'],
] as const)('the language is %s', (_, known, language) => {
  expect(languageOf(known)).toBe(language);
});

test('nothing is checked for a person who chose nothing', () => {
  const page = renderPreferences({
    language: 'en', organisation: someOrganisation, preferences: preferencesOf(someRecord, someOrganisation), now, outcome: undefined,
  });
  expect(page.match(/<input type="(?:radio|checkbox)"/gu)).toHaveLength(14);
  expect(page).not.toContain(' checked');
});

test('a form asks for one thing, with its box unchecked', () => {
  if (form === undefined) throw new Error('the example has no form');
  const page = renderAuthorization({ form, language: 'en', organisation: someOrganisation, faults: [], name: '' });
  expect([page.match(/type="checkbox"/gu)?.length, page.includes(' checked')]).toEqual([1, false]);
});

test('an element that the organisation switched off is not on the form', () => {
  if (form === undefined) throw new Error('the example has no form');
  const organisation = { ...someOrganisation, authorization: { ...someOrganisation.authorization, remuneration: false } };
  const page = renderAuthorization({ form, language: 'en', organisation, faults: [], name: '' });
  expect([page.includes('What information'), page.includes('Steady Steps pays us')]).toEqual([true, false]);
});
