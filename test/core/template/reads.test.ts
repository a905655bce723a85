import { expect, test } from 'vitest';
import { neededIn } from '../../../lib/core/template/reads.ts';
import { Template } from '../../../lib/core/template/template.ts';

const needed = (text: string) => neededIn(Template.parse({ template: 'a', subject: 'a', text, html: 'a' }));

test.each([
  ['{{ contact.firstName }}', ['contact.firstName']],
  ['{{ run.startsAt | date }}', ['run.startsAt']],
  ['{{ contact.firstName | default: "a" }}', []],
  ['{{ contact.firstName | upcase | default: "a" }}', ['contact.firstName']],
  ['{{ contact.firstName | default: contact.lastName }}', ['contact.lastName']],
  ['{% if contact.lastName %}{{ contact.firstName | default: contact.lastName }}{% endif %}', []],
  ['{% assign name = contact.firstName %}{{ name }}', ['contact.firstName']],
  ['{% assign name = contact.firstName | default: "a" %}{{ name }}', []],
  ['{% if contact.firstName %}{{ contact.firstName }}{% else %}a{% endif %}', []],
  ['{% if contact.firstName and contact.age %}{{ contact.firstName }}{{ contact.age }}{% endif %}', []],
  ['{% if contact.firstName or contact.age %}{{ contact.age }}{% endif %}', ['contact.age', 'contact.firstName']],
  ['{% if contact.firstName %}a{% else %}{{ contact.firstName }}{% endif %}', ['contact.firstName']],
  ['{% if contact.firstName %}a{% endif %}{{ contact.firstName }}', ['contact.firstName']],
  ['{% if contact.firstName %}{% if contact.age > 3 %}{{ contact.firstName }}{% endif %}{% endif %}', ['contact.age']],
  ['{% if contact.age > 64 %}a{% elsif contact.gender %}{{ contact.gender }}{% endif %}', ['contact.age']],
  ['{% unless contact.firstName %}a{% endunless %}', ['contact.firstName']],
  ['{% case contact.gender %}{% when "female" %}a{% else %}b{% endcase %}', ['contact.gender']],
  ['{% for one in contact.conditions %}{{ one }}{% endfor %}', ['contact.conditions']],
  ['{{ sender.name }} {{ links.unsubscribe }} {{ organisation.name }}', []],
])('%s needs %j', (text, expected) => {
  expect(needed(text)).toEqual(expected);
});
