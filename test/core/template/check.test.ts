import { expect, test } from 'vitest';
import { checkTemplate } from '../../../lib/core/template/check.ts';
import { Template } from '../../../lib/core/template/template.ts';
import { variablesOf } from '../../../lib/core/template/variables.ts';

const template = (parts: Partial<Template>): Template => Template.parse({
  template: 'invitation', subject: 'Hello', text: 'Text', html: '<p>HTML</p>', links: { 'enrol-now': 'https://plan.example.org/' }, ...parts,
});
const faults = (parts: Partial<Template>) => checkTemplate(template(parts)).map(({ code, path }) => `${code} at ${path}`);

test('the variables of subject and body are listed apart, each once', () => {
  const text = '{{ links.enrol-now }} {% if contact.age > 65 %}{{ contact.firstName }}{% endif %}';
  expect(variablesOf(template({ subject: 'For {{ contact["firstName"] }}', text, html: text }))).toEqual({
    subject: ['contact.firstName'], body: ['contact.age', 'contact.firstName', 'links.enrol-now'],
    needed: ['contact.age', 'contact.firstName'],
  });
});

test('variables inside filters, loops, cases and assignments count', () => {
  const text = `{% assign x = contact.gender %}{% for c in contact.conditions %}{{ c | append: contact.language }}{% endfor %}
    {% case contact.planYear %}{% when contact.age %}{{ x }}{% endcase %}`;
  expect(variablesOf(template({ text })).body)
    .toEqual(['contact.age', 'contact.conditions', 'contact.gender', 'contact.language', 'contact.planYear']);
});

test('a sound template has no findings', () => {
  const text = '{{ contact.firstName }} {{ contact.conditions.size }} {{ links.enrol-now }} {{ links.unsubscribe }} {{ sender.name }} {{ organisation.name }}';
  expect(faults({ text })).toEqual([]);
});

test('a field that no record has is found', () => {
  expect(faults({ text: '{{ contact.shoeSize }}' })).toEqual(['template.unknown-field at text']);
});

test('a name outside the scope is found', () => {
  expect(faults({ html: '{{ patient.name }} {{ sender.password }} {{ contact }}' })).toEqual([
    'template.unknown-name at html', 'template.unknown-name at html', 'template.unknown-name at html',
  ]);
});

test('a link that is not declared is found', () => {
  expect(faults({ subject: '{{ links.leave }}' })).toEqual(['template.undeclared-link at subject']);
});

test('a link by the name of the platform’s own is found', () => {
  expect(faults({ links: { unsubscribe: 'https://example.org/' } })).toEqual(['template.reserved-link at links.unsubscribe']);
});

test('a link with a name that is none is found, should a template come that its schema did not read', () => {
  const odd = { ...template({}), links: { 'Enrol now': 'https://example.org/' } };
  expect(checkTemplate(odd).map(({ code, path }) => `${code} at ${path}`)).toEqual(['template.link-name at links.Enrol now']);
});

test('a name that is computed is found', () => {
  expect(faults({ text: '{{ contact[contact.gender] }}' })).toEqual(['template.computed-name at text']);
});

test('broken syntax is found with its place', () => {
  expect(checkTemplate(template({ text: 'one\n{% if contact.age' }))).toMatchObject([
    { code: 'template.syntax', path: 'text', message: expect.stringContaining('line:2') },
  ]);
});

test.each([
  '{% include "other" %}', '{% render "other" %}', '{% layout "other" %}', '{{ contact.firstName | raw }}',
  '{{ contact.conditions | sample }}', '{% echo contact.firstName %}', '{{ contact | json }}',
])('%s does not exist in a message', (text) => {
  expect(faults({ text })).toEqual(['template.syntax at text']);
});

test('every finding says how to mend it', () => {
  for (const { remedy } of checkTemplate(template({ text: '{{ a }} {{ contact.b }} {{ links.c }}' }))) {
    expect(remedy).toMatch(/^[A-Z].{20,}\.$/u);
  }
});
