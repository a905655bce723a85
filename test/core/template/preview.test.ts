import { expect, test } from 'vitest';
import { preview } from '../../../lib/core/template/preview.ts';
import type { Sample } from '../../../lib/core/template/preview.ts';
import { Template } from '../../../lib/core/template/template.ts';

const template = Template.parse({
  template: 'reminder', language: 'en', links: { visit: 'https://portal.example/visits' },
  subject: 'For {{ contact.firstName }}',
  text: '{{ run.startsAt | date: "%A, %-I:%M %p" }}, until {{ contact.planEndsOn | date }}: {{ links.visit }}',
  html: '<p>{{ contact.firstName | upcase }}</p>{% if links.unsubscribe %}<p>{{ links.unsubscribe }}</p>{% endif %}',
  missing: { 'contact.firstName': { default: 'you' }, 'contact.planEndsOn': 'skip', 'run.startsAt': 'fail' },
  variants: {
    es: {
      subject: 'Para {{ contact.firstName }}', html: '<p>{{ contact.firstName }}</p>',
      text: '{{ run.startsAt | date: "%A, %H:%M" }}, hasta el {{ contact.planEndsOn | date }}: {{ links.visit }}',
      missing: { 'contact.firstName': { default: 'usted' } },
    },
  },
});
const whole: Sample = { contact: { firstName: 'Ada', planEndsOn: '2026-12-31' }, run: { startsAt: '2026-11-30T20:30:00Z' }, zone: 'America/Chicago' };
const frame = {
  sender: { name: 'Care', address: 'care@example.org', replyTo: 'care@example.org' }, organisation: { name: 'Example', postalAddress: '1 Main St' },
};
const shown = (change: Partial<Sample>) => preview(template, { ...whole, ...change }, frame);

test('a preview shows the message, with links that lead straight on', () => {
  expect(shown({})).toEqual({
    kind: 'message', variant: 'reminder', subject: 'For Ada', html: '<p>ADA</p>',
    text: 'Monday, 2:30 PM, until December 31, 2026: https://portal.example/visits',
  });
});

test('the language of the contact picks the variant, names of days and months included', () => {
  expect(shown({ language: 'es' })).toMatchObject({
    variant: 'reminder.es', subject: 'Para Ada', text: 'lunes, 14:30, hasta el 31 de diciembre de 2026: https://portal.example/visits',
  });
});

test('a language without a variant falls back to the default one', () => {
  expect(shown({ language: 'vi' })).toMatchObject({ variant: 'reminder', subject: 'For Ada' });
});

test('a missing value has the outcome that the author declared', () => {
  expect(shown({ contact: { planEndsOn: '2026-12-31' } })).toMatchObject({ subject: 'For you', html: '<p>YOU</p>' });
  expect(shown({ contact: { planEndsOn: '2026-12-31' }, language: 'es' })).toMatchObject({ subject: 'Para usted' });
  expect(shown({ contact: { firstName: 'Ada' } })).toEqual({ kind: 'missing', variant: 'reminder', outcome: 'skip', variable: 'contact.planEndsOn' });
  expect(shown({ run: {} })).toEqual({ kind: 'missing', variant: 'reminder', outcome: 'fail', variable: 'run.startsAt' });
});

test('where values are missing that skip and that fail, the message fails', () => {
  expect(shown({ contact: {}, run: {} })).toMatchObject({ outcome: 'fail', variable: 'run.startsAt' });
});

test('a blank value is a missing one', () => {
  expect(shown({ contact: { firstName: ' \u200b\u00a0', planEndsOn: '2026-12-31' } })).toMatchObject({ subject: 'For you' });
  expect(shown({ contact: { planEndsOn: '' } })).toMatchObject({ outcome: 'skip' });
});

test('a text that stands in for a date is written as it is', () => {
  const soon = Template.parse({ ...template, variants: undefined, missing: { ...template.missing, 'contact.planEndsOn': { default: 'the end of the year' } } });
  expect(preview(soon, { ...whole, contact: { firstName: 'Ada' } }, frame)).toMatchObject({ text: expect.stringContaining('until the end of the year:') });
});

test('an instant is not written where neither contact nor author names a zone', () => {
  const { zone: _, ...without } = whole;
  expect(preview(template, without, frame)).toMatchObject({ kind: 'missing', outcome: 'skip' });
  const named = Template.parse({ ...template, variants: undefined, text: '{{ run.startsAt | date: "%H:%M", "America/New_York" }}' });
  expect(preview(named, without, frame)).toMatchObject({ text: '15:30' });
});

test('the link that stops such mail stands where there is one', () => {
  expect(preview(template, whole, { ...frame, unsubscribe: 'https://links.example/u/a?b=1&c=2' }))
    .toMatchObject({ html: '<p>ADA</p><p>https://links.example/u/a?b=1&amp;c=2</p>' });
});
