import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../lib/core/digest.ts';
import { readWith, reminder } from './folder.ts';

const folder = 'visits/v1/templates';
const sourceOf = (content: string, front = ''): string => `---\nsubject: News\n${front}---\n${content}\n`;

/** The faults of one file in place of the fixture's own, in short. */
const faults = (content: string, front = 'links: { change: https://a.example/ }\n', more: Readonly<Record<string, string>> = {}) => {
  const read = readWith({ 'other/v1/journey.yaml': 'journey: other', 'other/v1/templates/reminder.mjml': sourceOf(content, front), ...more });
  return 'findings' in read
    ? read.findings.filter(({ code }) => !code.startsWith('journey.')).map(({ code, file, line, path }) => `${code} ${file.replace('other/v1/templates/', '')}:${line ?? path}`)
    : [];
};
const link = '<mj-button href="{{ links.change }}">Go</mj-button>';

describe('the message of the fixture', () => {
  const message = reminder();

  test('holds its languages, links and outcomes', () => {
    expect(message).toMatchObject({
      template: 'reminder', language: 'en', subject: 'Your visit is coming up',
      links: { visit: 'https://portal.northside.example/visits', change: 'https://portal.northside.example/visits/change' },
      missing: { 'contact.firstName': { default: 'there' }, 'contact.planEndsOn': 'skip', 'contact.age': 'fail' },
      variants: { es: { subject: 'Se acerca su cita', missing: { 'contact.firstName': { default: 'amiga o amigo' } } } },
    });
  });

  test('states language and title of each variant in its HTML', () => {
    expect(message.html).toMatch(/<html lang="en"[^]*<title>Your visit is coming up<\/title>/u);
    expect(message.variants?.['es']?.html).toMatch(/<html lang="es"[^]*<title>Se acerca su cita<\/title>/u);
  });

  test('keeps Liquid as its author wrote it, in texts, in attributes and between elements', () => {
    expect(message.html).toContain('runs until <strong>{{ contact.planEndsOn | date }}</strong>');
    expect(message.html).toContain('<a href="{{ links.visit }}"');
    expect(message.html).toContain('{% if contact.age > 64 %}<tr>');
    expect(message.html).not.toContain('zzliquid');
  });

  test('reads well as plain text', async () => {
    await expect(message.text).toMatchFileSnapshot('../../fixtures/templates/reminder.txt');
    await expect(message.variants?.['es']?.text).toMatchFileSnapshot('../../fixtures/templates/reminder.es.txt');
  });

  test('loads nothing from elsewhere', () => {
    expect(message.html).not.toMatch(/@import|<link|<script|<img|src=/u);
  });

  // A published version holds compiled bytes and never changes: a new release of the compiler, or an edited layout, must
  // not change what is published already.
  test('compiles to the very bytes that were kept', async () => {
    expect(await sha256(JSON.stringify(message))).toBe('3bdfa0ec3ff081c46f9834c6b1abcd726f0ca0f366bd8d957880019736ff1694');
  });
});

describe('a source with a fault is refused by file and line:', () => {
  test.each([
    ['an element that nobody knows', `${link}\n<mj-txt>a</mj-txt>`, 'mjml.unknown-element reminder.mjml:6'],
    ['a script', `${link}\n<mj-text><script>a</script></mj-text>`, 'mjml.unknown-element reminder.mjml:6'],
    ['HTML outside a text', `${link}\n\n<p>a</p>`, 'mjml.misplaced-element reminder.mjml:7'],
    ['a column in a column', `${link}<mj-column></mj-column>`, 'mjml.misplaced-element reminder.mjml:5'],
    ['an attribute that nobody knows', `${link}<mj-text fontsize="3">a</mj-text>`, 'mjml.unknown-attribute reminder.mjml:5'],
    ['an event handler', `${link}<mj-text><p onclick="a()">a</p></mj-text>`, 'mjml.unknown-attribute reminder.mjml:5'],
    ['an element that is not closed', `${link}\n<mj-text>\n<p>a\n</mj-text>`, 'mjml.unclosed-element reminder.mjml:7'],
    ['text beside the elements', `${link}\nHello`, 'mjml.stray-text reminder.mjml:6'],
    ['an output beside the elements', `${link}\n{{ contact.firstName | default: "a" }}`, 'mjml.stray-text reminder.mjml:6'],
    ['an address that is no declared link', `${link}<mj-text><a href="https://b.example/">b</a></mj-text>`, 'mjml.bare-link reminder.mjml:5'],
    ['a value as an address', `${link}<mj-text><a href="{{ contact.firstName | default: 'x' }}">b</a></mj-text>`, 'mjml.bare-link reminder.mjml:5'],
    ['a button that leads nowhere', `${link}<mj-button>b</mj-button>`, 'mjml.bare-link reminder.mjml:5'],
    ['an image without a text', `${link}<mj-image src="https://a.example/a.png" />`, 'mjml.image reminder.mjml:5'],
    ['an image with a value in its address', `${link}<mj-image alt="" src="https://a.example/{{ contact.gender | default: 'x' }}" />`, 'mjml.image reminder.mjml:5'],
    ['Liquid that does not end', `${link}\n<mj-text>{% if contact.age %}</mj-text>`, 'template.syntax reminder.mjml:6'],
    ['a field that records do not have', `${link}\n<mj-text>{{ contact.shoeSize }}</mj-text>`, 'template.unknown-field reminder.mjml:6'],
    ['a link that is not declared', `${link}\n<mj-text>{{ links.other }}</mj-text>`, 'template.undeclared-link reminder.mjml:6'],
    ['a declared link that is not used', '<mj-text>a</mj-text>', 'template.unused-link reminder.mjml:links.change'],
  ])('%s', (_, content, expected) => {
    expect(faults(content)).toEqual([expected]);
  });

  test.each([
    ['a front part without a subject', '', '---\nlinks: {}\n---\na', 'mjml.front-value reminder.mjml:subject'],
    ['no front part', '', '<mj-text>a</mj-text>', 'mjml.front-part reminder.mjml:1'],
    ['YAML that is none', '', '---\nsubject: a\nlinks: {\n---\na', 'mjml.front-part reminder.mjml:4'],
  ])('%s', (_, __, source, expected) => {
    expect(faults(link, '', { 'other/v1/templates/reminder.mjml': source })).toEqual([expected]);
  });

  test('a layout that is not there', () => {
    expect(faults('<mj-text>a</mj-text>', 'layout: other\n')).toEqual(['mjml.unknown-layout reminder.mjml:layout']);
  });

  test('an outcome for a value that is not read', () => {
    expect(faults('<mj-text>a</mj-text>', 'missing: { contact.firstName: skip }\n')).toEqual(['template.idle-outcome reminder.mjml:missing.contact.firstName']);
  });

  test('a message in two forms', () => {
    const yaml = 'template: reminder\nsubject: a\ntext: a\nhtml: a\n';
    expect(faults('<mj-text>a</mj-text>', '', { 'other/v1/templates/reminder.yaml': yaml })).toEqual(['mjml.twice reminder.mjml:']);
  });

  test('another language without the default one', () => {
    expect(faults('<mj-text>a</mj-text>', '', { 'other/v1/templates/offer.es.mjml': sourceOf('<mj-text>a</mj-text>') })).toEqual(['mjml.no-default offer.es.mjml:']);
  });

  test('another language that reads other values', () => {
    const es = { 'other/v1/templates/reminder.es.mjml': sourceOf('<mj-text>{{ contact.firstName | default: "a" }}</mj-text>') };
    expect(faults('<mj-text>a</mj-text>', '', es)).toEqual(['template.variant-differs reminder.es.mjml:html']);
  });

  test('another language without its own text for a missing value', () => {
    const content = '<mj-text>{{ contact.firstName }}</mj-text>';
    expect(faults(content, 'missing: { contact.firstName: { default: a } }\n', { 'other/v1/templates/reminder.es.mjml': sourceOf(content) }))
      .toEqual(['template.untranslated-default reminder.es.mjml:missing']);
  });
});

test('Liquid that holds quotes and angle brackets comes through whole', () => {
  const content = '<mj-text>{% if contact.age < 3 %}<p title="{{ contact.firstName | default: "a" }}">a &amp; b</p>{% else %}<p>“b” &lt; {{ links["change"] }}</p>{% endif %}</mj-text>';
  const read = readWith({ [`${folder}/reminder.mjml`]: sourceOf(content, 'links: { change: https://a.example/ }\nmissing: { contact.age: skip }\n'), [`${folder}/reminder.es.mjml`]: sourceOf(content) });
  const html = 'journeys' in read ? read.journeys[0]?.templates['reminder']?.html : JSON.stringify(read);
  expect(html).toContain(content.slice('<mj-text>'.length, -'</mj-text>'.length));
});

test('an author may write the plain text; the layout frames it', () => {
  const front = 'links: { change: https://a.example/ }\ntext: |\n  Hello *you*.\n  {{ links.change }}\n';
  const read = readWith({ [`${folder}/reminder.mjml`]: sourceOf(link, front), [`${folder}/reminder.es.mjml`]: sourceOf(link) });
  const text = 'journeys' in read ? read.journeys[0]?.templates['reminder']?.text : JSON.stringify(read);
  expect(text).toMatch(/^\{\{ sender\.name \}\}\n\nHello \*you\*\.\n\{\{ links\.change \}\}\n\nQuestions\? Answer this mail\.\n/u);
});

test('the message of a fault names the line of the file', () => {
  const read = readWith({ [`${folder}/reminder.mjml`]: sourceOf('<mj-text>a</mj-text>\n<mj-text>{{ contact.shoeSize }}</mj-text>') });
  expect('findings' in read ? read.findings.map(({ line, message }) => [line, message]) : [])
    .toContainEqual([5, 'contact.shoeSize is not defined (line 5)']);
});

test('every finding says how to mend it', () => {
  const read = readWith({ [`${folder}/reminder.mjml`]: sourceOf('<mj-txt>a</mj-txt>\n<p>b</p>') });
  for (const { remedy } of 'findings' in read ? read.findings : []) expect(remedy).toMatch(/^[A-Z].{20,}\.$/u);
});
