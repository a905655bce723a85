import { expect, test } from 'vitest';
import { groupsByRunValue, groupsOf, verdictOn } from '../../../lib/core/engine/launch.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { Phi } from '../../../lib/core/phi.ts';
import type { Template } from '../../../lib/core/template/template.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { contactId, someRecord } from '../../fixtures/contact.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const now = '2026-11-25T15:00:00.000Z' as Instant;
const ann = contactId(1);

const plan: Plan = {
  journey: 'visits', title: 'Visits', priority: 5, reenter: 'never', start: 'note',
  sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
  message: { purpose: 'appointment_reminder', topic: null, content: ['contact_info'], subject: [], segment: ['demographic'], promotions: [] },
  enter: { segment: 'members', because: 'care' },
  steps: {
    note: { id: 'note', kind: 'send', visits: 1, template: 'note', next: 'done' },
    done: { id: 'done', kind: 'end', visits: 1, outcome: 'completed' },
  },
};

/** What a launch check says to one contact about a message of these words. */
const verdictOnText = (text: string, more: Partial<Template> = {}) => {
  const note: Template = { template: 'note', subject: 'A visit', text, html: `<p>${text}</p>`, links: {}, ...more };
  const version = { journey: 'visits', version: 1, plan, templates: { note }, hash: 'none', templateHashes: { note: 'none' } };
  const opened = { record: new Phi(someRecord), gate: { version: 1, recent: [], waiting: [] }, zone: 'America/New_York', sealed: new Map() };
  return verdictOn(version as never, someOrganisation, ann, opened as never, now, 0);
};

test('a value that comes with the run is not missing before there is one, and is named apart', () => {
  expect(verdictOnText('Dear {{ contact.firstName }}, your visit is {{ run.number }}.')).toEqual({ kind: 'permitted', knownOnlyWithRun: ['run.number'] });
});

test('an instant that comes with the run, written as a date, is not missing either', () => {
  expect(verdictOnText('Your visit is on {{ run.startsAt | date }}.')).toEqual({ kind: 'permitted', knownOnlyWithRun: ['run.startsAt'] });
});

test('a value that the contact lacks is missing, whatever the run brings', () => {
  expect(verdictOnText('Your plan of {{ contact.planYear }}, your visit {{ run.number }}.')).toEqual({ kind: 'refused', reason: 'TEMPLATE_VALUE_MISSING' });
});

test.each([
  ['a default in the template', 'Your visit is {{ run.number | default: "soon" }}.', {}],
  ['a default that its author declared', 'Your visit is {{ run.number }}.', { missing: { 'run.number': { default: 'soon' } } }],
  ['a condition on it', 'Your visit{% if run.number %} is {{ run.number }}{% endif %}.', {}],
])('a message that is whole without the value of the run, by %s, hangs on nothing', (_, text, more) => {
  expect(verdictOnText(text, more)).toEqual({ kind: 'permitted', knownOnlyWithRun: [] });
});

test('a message that ends the run without the value hangs on it as one that is left out does', () => {
  expect(verdictOnText('Your visit is {{ run.number }}.', { missing: { 'run.number': 'fail' } })).toEqual({ kind: 'permitted', knownOnlyWithRun: ['run.number'] });
});

test('the report counts the values of runs by name, and nobody is refused for them', () => {
  const judged = [1, 2].map((number) => ({ contact: contactId(number), verdict: verdictOnText('Your visit is {{ run.number }} at {{ run.place }}.') }));
  expect(groupsByRunValue(judged)).toMatchObject({ 'run.number': { count: 2 }, 'run.place': { count: 2, sample: [contactId(1), contactId(2)] } });
  expect(groupsOf('refused', judged)).toEqual({});
});
