import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { isBlank } from '../../../lib/core/template/parse.ts';
import { preview } from '../../../lib/core/template/preview.ts';
import type { Sample } from '../../../lib/core/template/preview.ts';
import type { Template } from '../../../lib/core/template/template.ts';
import { readWith, reminder } from './folder.ts';

const frame = {
  sender: { name: 'Care', address: 'care@example.org', replyTo: 'care@example.org' },
  organisation: { name: 'Example', postalAddress: '1 Main St' }, unsubscribe: 'https://links.example/u/1',
};

/** Every element of a document, with its attributes but for those named. */
const structureOf = (html: string, without: readonly string[] = []): readonly string[] => {
  const found: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      found.push(`${name} ${Object.entries(attributes).filter(([key]) => !without.includes(key)).map(([key, value]) => `${key}=${value}`).join(' ')}`);
    },
  });
  parser.end(html);
  return found;
};

const journey = `journey: visits
title: A visit
message: { purpose: appointment_reminder, subject: [contact_info], content: [contact_info, demographic], segment: [insurance_status] }
sender: { name: Northside, address: care@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: Care. }
steps: [{ id: remind, send: reminder }, { id: done, end: completed }]
`;

const written = (content: string, front: string): Template => {
  const source = `---\n${front}---\n${content}\n`;
  const read = readWith({ 'visits/v1/journey.yaml': journey, 'visits/v1/templates/reminder.mjml': source, 'visits/v1/templates/reminder.es.mjml': source.replace(/^links:.*\n/mu, '') });
  const template = 'journeys' in read ? read.journeys[0]?.templates['reminder'] : undefined;
  if (template === undefined) throw new Error(JSON.stringify(read));
  return template;
};

const everywhere = written(
  '<mj-text><p title="{{ contact.firstName }}">Dear {{ contact.firstName }}.</p></mj-text><mj-button href="{{ links.change }}" title="{{ contact.firstName }}">{{ contact.firstName }}</mj-button>',
  'subject: For {{ contact.firstName }}, from us\nlinks: { change: "https://a.example/" }\nmissing: { contact.firstName: { default: you } }\n',
);
const shown = (template: Template, sample: Sample) => {
  const got = preview(template, sample, frame);
  if (got.kind !== 'message') throw new Error(`${got.variable ?? 'an expression'} is missing`);
  return got;
};
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(
  '<script>alert(1)</script>', '"><img src=x onerror=a()>', "' onclick='a()", '{{ contact.lastName }}', '{% if %}', '--><b>', '\r\nBcc: a@b.example', ' \t',
));
const language = fc.constantFrom('en', 'es', 'fr', undefined);
const sampleOf = (values: Readonly<Record<string, unknown>>, tongue: string | undefined): Sample =>
  ({ contact: values, ...(tongue === undefined ? {} : { language: tongue }) });

test('whatever a value holds, it adds no element and no attribute to the HTML', () => {
  const plain = structureOf(shown(everywhere, { contact: { firstName: 'Ada' } }).html, ['title', 'aria-label', 'lang']);
  fc.assert(fc.property(anyText, language, (firstName, tongue) => {
    expect(structureOf(shown(everywhere, sampleOf({ firstName }, tongue)).html, ['title', 'aria-label', 'lang'])).toEqual(plain);
  }), { numRuns: 300 });
});

test('whatever a value holds, the subject stays one line and begins no header', () => {
  fc.assert(fc.property(anyText, language, (firstName, tongue) => {
    const { subject } = shown(everywhere, sampleOf({ firstName }, tongue));
    expect(subject).toMatch(/^For .+, from us$/u);
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  }), { numRuns: 300 });
});

test('whatever a value holds, no part has a gap where it should stand', () => {
  fc.assert(fc.property(fc.option(anyText, { nil: undefined }), language, (firstName, tongue) => {
    const { subject, text, html } = shown(everywhere, sampleOf({ firstName }, tongue));
    const printed = [/^For ([^]*), from us$/u.exec(subject), /Dear ([^]*)\.\n/u.exec(text), /Dear ([^]*)\.<\/p>/u.exec(html)].map((found) => found?.[1]);
    expect(printed.filter(isBlank)).toEqual([]);
  }), { numRuns: 300 });
});

const links = { one: 'https://one.example/', two: 'https://two.example/', three: 'https://three.example/' };
const linkName = fc.constantFrom(...Object.keys(links));
const block = fc.oneof(
  linkName.map((name) => `<mj-button href="{{ links.${name} }}">Go</mj-button>`),
  fc.tuple(linkName, linkName).map(([one, two]) => `<mj-text><p>See <a href="{{ links.${one} }}">this</a> or <a href="{{links.${two}}}"><b>that</b></a>.</p></mj-text>`),
  linkName.map((name) => `{% if contact.age > 64 %}<mj-text><p><a href="{{ links.${name} }}">Lift</a></p></mj-text>{% endif %}`),
  linkName.map((name) => `<mj-text><p>{% if contact.firstName %}<a href="{{ links.${name} }}">You</a>{% else %}Nobody{% endif %}</p></mj-text>`),
  linkName.map((name) => `<mj-table><tr><td><a href="{{ links.${name} }}">cell</a></td></tr></mj-table>`),
);
const addresses = (text: string): readonly string[] => [...new Set(text.match(/https:\/\/(?:one|two|three|links)\.example\/(?:u\/1)?/gu) ?? [])].sort();

test('the text part and the HTML part lead to the same places, whoever gets them', () => {
  fc.assert(fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.integer({ min: 1, max: 100 }), (blocks, known, age) => {
    const content = blocks.join('\n');
    const used = Object.entries(links).filter(([name]) => content.includes(`links.${name}`));
    const missing = content.includes('contact.age') ? 'missing: { contact.age: fail }\n' : '';
    const template = written(content, `subject: News\nlinks: ${JSON.stringify(Object.fromEntries(used))}\n${missing}`);
    const { text, html } = shown(template, { contact: { age, ...(known ? { firstName: 'Ada' } : {}) } });
    expect(addresses(text)).toEqual(addresses(html));
    expect(text).not.toMatch(/\n{3}|\{%|\{\{/u);
  }), { numRuns: 60 });
});

test('the message of the fixture leads to the same places in each language', () => {
  const contact = { firstName: 'Ada', planEndsOn: '2026-12-31', age: 70 };
  const found = ['en', 'es'].map((tongue) => (shown(reminder(), { contact, language: tongue }).html.match(/href="[^"]*"/gu) ?? []).sort());
  expect(found[0]).toEqual(found[1]);
});
