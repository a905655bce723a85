import { expect, test } from 'vitest';
import { Template } from '../../../lib/core/template/template.ts';
import { languageOfContact, variantFor, variantsOf } from '../../../lib/core/template/variants.ts';

const capture = { source: 'preference-page', version: '1', language: 'en' as const, wording: 'Language: es' };
const chose = (value: string) => ({ at: '2026-01-01T00:00:00Z', matter: 'language' as const, of: null, value, capture });

test('what a person chose on the preference page goes before what is on record', () => {
  expect(languageOfContact({ fields: { language: 'en-US' }, choices: [chose('en'), chose('es')] })).toBe('es');
});

test.each([['es', 'es'], ['es-US', 'es'], ['ES', 'es'], ['zh-Hant', 'zh'], ['Spanish', undefined], ['', undefined], [undefined, undefined]])(
  'the language %j on record reads as %j', (language, expected) => {
    expect(languageOfContact({ fields: language === undefined ? {} : { language } })).toBe(expected);
  },
);

test('a message in one language is itself, byte for byte', () => {
  const template = Template.parse({ template: 'offer', subject: 'a', text: 'b', html: 'c' });
  expect(variantsOf(template).map(({ name, template }) => [name, JSON.stringify(template)])).toEqual([['offer', JSON.stringify(template)]]);
});

test('a variant shares links and outcomes, and has its own words', () => {
  const template = Template.parse({
    template: 'offer', language: 'en', subject: 'a', text: 'b', html: 'c', links: { more: 'https://a.example/' },
    missing: { 'contact.firstName': { default: 'there' }, 'contact.age': 'fail' },
    variants: { es: { subject: 'd', text: 'e', html: 'f', missing: { 'contact.firstName': { default: 'usted' } } } },
  });
  expect(variantFor(template, 'es')).toEqual({
    name: 'offer.es',
    template: {
      template: 'offer', language: 'es', subject: 'd', text: 'e', html: 'f', links: { more: 'https://a.example/' },
      missing: { 'contact.firstName': { default: 'usted' }, 'contact.age': 'fail' },
    },
  });
});
