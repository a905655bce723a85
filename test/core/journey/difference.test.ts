import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../lib/core/journey/difference/compare.ts';
import type { Side } from '../../../lib/core/journey/difference/difference.ts';
import { Plan } from '../../../lib/core/journey/plan.ts';
import type { Template } from '../../../lib/core/template/template.ts';
import { plans } from '../../statemachines/plans.ts';
import { planOf, readText } from './cases.ts';
import { expectTold, neighboursOf } from './neighbours.ts';

const settings = `
journey: example
title: A journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
`;

const planIn = (steps: string): Plan => planOf(readText(`${settings}steps:\n${steps}`));

const template = (change: Partial<Template> = {}): Template =>
  ({ template: 'plain', subject: 'Hello', text: 'One\nTwo\nThree', html: '<p>One</p>', links: {}, ...change });

const sideOf = (plan: Plan, templates: readonly Template[] = [template()]): Side =>
  ({ plan, templates: Object.fromEntries(templates.map((one) => [one.template, one])) });

const words = (before: Plan, after: Plan): readonly string[] => compareVersions(sideOf(before), sideOf(after)).map((one) => one.words);

const base = planIn(`
  - { id: invite, send: plain }
  - { id: pause, wait: 7 days }
  - { id: answer, waitFor: [{ event: portal.login, then: done }], within: 3 days }
  - { id: remind, send: plain }
  - { id: done, end: completed }`);

const { answer } = base.steps;

describe('one change is told in one sentence', () => {
  test.each<readonly [string, Plan]>([
    ['after `invite` people now wait 5 days, not 7 days (`pause`)', planIn(`
  - { id: invite, send: plain }
  - { id: pause, wait: 5 days }
  - { id: answer, waitFor: [{ event: portal.login, then: done }], within: 3 days }
  - { id: remind, send: plain }
  - { id: done, end: completed }`)],
    ['people now wait at `answer` for at most 1 day 12 hours, not 3 days', planIn(`
  - { id: invite, send: plain }
  - { id: pause, wait: 7 days }
  - { id: answer, waitFor: [{ event: portal.login, then: done }], within: 1 day 12 hours }
  - { id: remind, send: plain }
  - { id: done, end: completed }`)],
    ['on `portal-login` at `answer` people now go on to `remind`, not to `done`', planIn(`
  - { id: invite, send: plain }
  - { id: pause, wait: 7 days }
  - { id: answer, waitFor: [{ event: portal.login, then: remind }], within: 3 days }
  - { id: remind, send: plain }
  - { id: done, end: completed }`)],
    ['when nothing they wait for at `answer` comes in time people now go on to `done`, not to `remind`', Plan.parse({ ...base, steps: { ...base.steps, answer: { ...answer, timeout: 'done' } } })],
    ['the messages are now sent for marketing, not for health_education: consent is judged by the rules for that', { ...base, message: { ...base.message, purpose: 'marketing' } }],
    ['the bodies of the messages now also reveal diagnosis and no longer reveal contact_info', { ...base, message: { ...base.message, content: ['diagnosis'] } }],
    ['members of `guests` now enter, not those of `members`', { ...base, enter: { because: 'plan administration', segment: 'guests', source: 'membership system' } }],
    ['the data by which they enter now comes from "a form", not from "membership system"',
      { ...base, enter: { because: 'plan administration', segment: 'members', source: 'a form' } }],
  ])('%s', (sentence, after) => {
    expect(words(base, after)).toEqual([sentence]);
  });
});

test('a key that no sentence is known for is told as it stands', () => {
  const after = { ...base, quorum: { of: 3 } };
  expect(words(base, after)).toEqual(['quorum is new: { of: 3 }']);
  expect(words(after, base)).toEqual(['quorum is gone; it was { of: 3 }']);
  expect(words(after, { ...base, quorum: { of: 4 } } as Plan)).toEqual(['quorum.of is now 4, not 3']);
});

test('a step that is put in is new, and whoever leads to it now goes on there', () => {
  const after = planIn(`
  - { id: invite, send: plain }
  - { id: pause, wait: 7 days }
  - { id: nudge, send: plain }
  - { id: answer, waitFor: [{ event: portal.login, then: done }], within: 3 days }
  - { id: remind, send: plain }
  - { id: done, end: completed }`);
  expect(words(base, after)).toEqual(['after `pause` people now go on to `nudge`, not to `answer`', '`nudge` is new: it sends `plain`, after `pause`']);
  expect(words(after, base)).toEqual(['after `pause` people now go on to `answer`, not to `nudge`', '`nudge` is gone: it sends `plain`']);
});

test('a step that was moved is told, with the ways that changed', () => {
  const [invite, ...rest] = Object.values(base.steps);
  const after = { ...base, steps: Object.fromEntries([...rest, ...(invite === undefined ? [] : [invite])].map((step) => [step.id, step])) };
  expect(words(base, after)).toEqual(['`invite` now stands behind `done` in the document']);
});

const unnamed = (first: string, second: string): Plan => planIn(`
  - { id: first, send: plain }
  ${first}
  - { id: second, send: plain }
  ${second}
  - { id: done, end: completed }`);

test('steps without a name of their own are known again behind one that was put in', () => {
  expect(words(unnamed('- wait: 7 days', '- wait: 9 days'), unnamed('- wait: 7 days\n  - addToSegment: guests', '- wait: 9 days'))).toEqual([
    'after `wait-2` people now go on to `add-to-segment-3`, not to `second`',
    '`add-to-segment-3` is new: it adds people to `guests`, after `wait-2`',
    'steps without a name of their own are counted anew: `wait-4` is `wait-5` now',
  ]);
});

test('a change within a step without a name is told of it', () => {
  expect(words(unnamed('- wait: 7 days', '- wait: 9 days'), unnamed('- wait: 6 days', '- wait: 9 days')))
    .toEqual(['after `first` people now wait 6 days, not 7 days (`wait-2`)']);
});

test('what touches consent comes first', () => {
  const after = { ...base, title: 'Another', start: 'pause', sender: { ...base.sender, name: 'Southside' }, enter: { segment: 'guests', source: 'membership system', because: 'they asked' } };
  expect(compareVersions(sideOf(base), sideOf(after, [template({ subject: 'Goodbye' })])).map(({ about, path }) => [about, path])).toEqual([
    ['consent', 'sender.name'], ['consent', 'enter.because'], ['people', 'enter.segment'], ['course', 'start'],
    ['texts', 'templates.plain.subject'], ['rest', 'title'],
  ]);
});

test('a promotion that is new, gone or other is told by its id', () => {
  const promotion = {
    promotion_id: 'coaching', what: 'third_party', owner_id: 'steps', individualized_treatment: false, drug_relation: null, lapsed_on: null,
    remuneration: { kind: 'none', payer: null, payee: null, amount_cents: null, reasonable_cost_cents: null, fair_market_value_cents: null },
    ca_chronic_condition: false,
  } as unknown as Plan['message']['promotions'][number];
  const promoting = { ...base, message: { ...base.message, promotions: [promotion] } };
  expect(compareVersions(sideOf(base), sideOf(promoting))).toMatchObject([{ about: 'consent', path: 'message.promotions.coaching' }]);
  expect(words(promoting, base)).toEqual(['the messages no longer promote `coaching`']);
  const paid = { ...promotion, remuneration: { ...promotion.remuneration, amount_cents: 150 } };
  expect(words(promoting, { ...base, message: { ...base.message, promotions: [paid] } }))
    .toEqual(['of the promotion `coaching`, remuneration.amount_cents is now 150, not nothing']);
});

test('a text is told by its lines that changed, a template by its name', () => {
  const told = (before: readonly Template[], after: readonly Template[]) => compareVersions(sideOf(base, before), sideOf(base, after)).map((one) => one.words);
  expect(told([template()], [template({ text: 'One\nThree\nThree' })])).toEqual(['text of `plain` reads otherwise:\n- Two\n+ Three']);
  expect(told([template()], [template(), template({ template: 'other' })])).toEqual(['the template `other` is new']);
  expect(told([template()], [])).toEqual(['the template `plain` is gone']);
});

test('a version is no different from itself', () => {
  fc.assert(fc.property(plans, (plan) => {
    expect(compareVersions(sideOf(plan), sideOf(structuredClone(plan)))).toEqual([]);
  }), { numRuns: 500 });
});

const kept = new URL('../../fixtures/journeys/every-kind/journey.yaml', import.meta.url);
const everyKind = planOf(readText(readFileSync(kept, 'utf8')));

test('every change of one field of a plan with every kind of step is told', () => {
  expect(neighboursOf(everyKind).length).toBeGreaterThan(100);
  expectTold(everyKind);
});

test('every change of one field of any plan is told', () => {
  fc.assert(fc.property(plans, expectTold), { numRuns: 20 });
});
