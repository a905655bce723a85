import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Phi } from '../../../lib/core/phi.ts';
import { isBlank } from '../../../lib/core/template/parse.ts';
import type { Rendered } from '../../../lib/core/template/render.ts';
import { renderMessage } from '../../../lib/core/template/render.ts';
import { Template } from '../../../lib/core/template/template.ts';

const template = (parts: Partial<Pick<Template, 'subject' | 'text' | 'html'>>): Template => Template.parse({
  template: 'invitation', subject: 'Hello', text: 'Text', html: '<p>HTML</p>', links: { enrol: 'https://plan.example.org/' }, ...parts,
});

const render = (parts: Parameters<typeof template>[0], values: Record<string, unknown> = {}): Rendered =>
  renderMessage(template(parts), {
    contact: new Phi((field: string) => values[field]),
    links: { enrol: 'https://mail.example.org/l/abc?a=1&b=2' },
    sender: { name: 'Care Team', address: 'care@example.org', replyTo: 'reply@example.org' },
    organisation: { name: 'Example Health', postalAddress: '1 Main Street' },
  }).open();

const failed = (detail: object) => expect.objectContaining({ code: 'template.failed', detail });

test('fields, links, sender and organisation are printed', () => {
  const text = '{{ contact.firstName }}, {{ links.enrol }}, {{ sender.name }}, {{ organisation.postalAddress }}';
  expect(render({ text }, { firstName: 'Ada' }).text)
    .toBe('Ada, https://mail.example.org/l/abc?a=1&b=2, Care Team, 1 Main Street');
});

test('a missing value fails with the name of the variable', () => {
  expect(() => render({ text: 'Dear {{ contact.firstName }}' }))
    .toThrow(failed({ template: 'invitation', part: 'text', variable: 'contact.firstName' }));
});

test('a missing value that the template allows for is no failure', () => {
  expect(render({ text: 'Dear {{ contact.firstName | default: "neighbour" }}' }).text).toBe('Dear neighbour');
  expect(render({ text: '{% if contact.firstName %}Dear {{ contact.firstName }}{% else %}Hello{% endif %}' }).text).toBe('Hello');
});

test('an expression that prints nothing fails', () => {
  expect(() => render({ text: '{{ contact.firstName | remove: "Ada" }}' }, { firstName: 'Ada' }))
    .toThrow(failed({ template: 'invitation', part: 'text' }));
});

test('a list is printed only when the author joins it', () => {
  const values = { conditions: ['1', '2'] };
  expect(render({ text: '{{ contact.conditions | join: ", " }}' }, values).text).toBe('1, 2');
  expect(() => render({ text: '{{ contact.conditions }}' }, values)).toThrow(failed({ template: 'invitation', part: 'text' }));
});

test('a date is written in the author’s format, whatever the zone of the machine', () => {
  expect(render({ text: '{{ contact.planEndsOn | date: "%A, %B %-d, %Y" }}' }, { planEndsOn: '2026-12-31' }).text)
    .toBe('Thursday, December 31, 2026');
});

test('the clock cannot be read', () => {
  expect(() => render({ text: '{{ "now" | date: "%Y" }}' })).toThrow(failed({ template: 'invitation', part: 'text' }));
});

test('values cannot become markup in the HTML part', () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }).filter((text) => !isBlank(text)), (lastName) => {
    expect(render({ html: '<p>{{ contact.lastName }}</p>' }, { lastName }).html.slice(3, -4)).not.toMatch(/[<>"']/u);
  }));
  expect(render({ html: '<a href="{{ links.enrol }}">' }).html).toBe('<a href="https://mail.example.org/l/abc?a=1&amp;b=2">');
});

test('the text part is printed as it is', () => {
  expect(render({ text: '{{ contact.lastName }}' }, { lastName: 'O’Neil & <Co>' }).text).toBe('O’Neil & <Co>');
});

test('a subject is one line, whatever the values hold', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }).filter((text) => !isBlank(text)), (firstName) => {
    // oxlint-disable-next-line no-control-regex -- the property is about control characters
    expect(render({ subject: 'Hello {{ contact.firstName }}' }, { firstName }).subject).not.toMatch(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/u);
  }));
  expect(render({ subject: 'Hello {{ contact.firstName }}' }, { firstName: 'A\r\nBcc: b@example.org' }).subject)
    .toBe('Hello A Bcc: b@example.org');
});

test('a failure holds no value', () => {
  const failure = (text: string): string => {
    try {
      return JSON.stringify(render({ text }, { firstName: 'CANARY', lastName: 'CANARY' }));
    } catch (error) {
      return inspect(error, { depth: 9, showHidden: true });
    }
  };
  const texts = [
    '{{ contact[contact.firstName] }}', '{{ contact.firstName | date }}', '{{ contact.firstName.first.size.last }}',
    '{{ contact.firstName | minus: 1 | append: contact.nothing }}', '{% for x in contact.firstName %}{{ y }}{% endfor %}',
  ];
  for (const text of texts) expect(failure(text)).not.toContain('CANARY');
});

test('a template cannot run away with memory', () => {
  expect(() => render({ text: '{% for i in (1..100000000) %}x{% endfor %}' })).toThrow(failed({ template: 'invitation', part: 'text' }));
});

test('a message does not print', () => {
  const message = renderMessage(template({}), {
    contact: new Phi(() => undefined), links: {}, sender: { name: 'a', address: 'a@example.org', replyTo: 'a@example.org' },
    organisation: { name: 'b', postalAddress: 'c' },
  });
  expect(`${message} ${JSON.stringify(message)} ${inspect(message)}`).toBe('[phi] "[phi]" [phi]');
});
