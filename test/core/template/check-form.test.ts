import { expect, test } from 'vitest';
import { checkTemplate } from '../../../lib/core/template/check.ts';
import { Template } from '../../../lib/core/template/template.ts';

const html = (body: string, head = '<title>News</title>', language = 'en') => `<html lang="${language}"><head>${head}</head><body>${body}</body></html>`;
const faults = (parts: Partial<Template>) => checkTemplate(Template.parse({
  template: 'news', language: 'en', subject: 'News', text: 'a', html: html('a'), ...parts,
})).map(({ code, path }) => `${code} at ${path}`);
const link = { enrol: 'https://plan.example.org/' };

test('a template that states its language and is whole has no findings', () => {
  expect(faults({ links: link, text: '{{ links.enrol }}', html: html('{{ links.enrol }}') })).toEqual([]);
});

test('a link that one part alone names is found', () => {
  expect(faults({ links: link, text: '{{ links.enrol }}' })).toEqual(['template.parts-differ at html']);
  expect(faults({ links: link, html: html('{{ links.enrol }}') })).toEqual(['template.parts-differ at text']);
});

test('a declared link that nothing leads to is found', () => {
  expect(faults({ links: link })).toEqual(['template.unused-link at links.enrol']);
});

test('HTML of another language, or of none, is found', () => {
  expect(faults({ html: html('a', '<title>a</title>', 'es') })).toEqual(['template.language-missing at html']);
  expect(faults({ html: '<title>a</title>' })).toEqual(['template.language-missing at html']);
});

test('HTML without a title is found', () => {
  expect(faults({ html: html('a', '<title> </title>') })).toEqual(['template.title-missing at html']);
});

test('each language is checked alike', () => {
  const variants = { es: { subject: 'Noticias', text: '{{ contact.shoeSize }}', html: html('a', '<title>a</title>', 'es') } };
  expect(faults({ variants })).toEqual(['template.unknown-field at variants.es.text']);
  expect(faults({ variants: { es: { ...variants.es, text: 'a', html: html('a') } } })).toEqual(['template.language-missing at variants.es.html']);
});

test('a subject that reads more in one language than in another is found', () => {
  const variants = { es: { subject: 'Para {{ contact.firstName }}', text: 'a', html: html('a', '<title>a</title>', 'es') } };
  expect(faults({ variants })).toEqual(['template.variant-differs at variants.es.subject']);
});

test('a template of the first form states no language, and is held to none of this', () => {
  expect(checkTemplate(Template.parse({ template: 'news', subject: 'News', text: 'a', html: '<p>a</p>', links: link }))).toEqual([]);
});
