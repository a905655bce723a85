import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../bin/commands/table.ts';
import { DataClass } from '../../lib/core/consent/classes.ts';
import type { Context } from '../../lib/core/journey/draft.ts';
import { triggerKeys } from '../../lib/core/journey/entry.ts';
import { stepKeys } from '../../lib/core/journey/kinds/table.ts';
import { readJourney } from '../../lib/core/journey/read.ts';
import { checkTemplate } from '../../lib/core/template/check.ts';
import { variablesOf } from '../../lib/core/template/variables.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { readJourneyFiles } from '../../statemachines/files.ts';

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

/** The journey guide: from the first heading that is named to the one behind the last. */
const guide = /^## A journey, and what it becomes$[\s\S]*?(?=^## The parts$)/mu.exec(textOf('README.md'))?.[0] ?? '';
const writing = guide.slice(guide.indexOf('## Writing journeys'));
const blocks = [...writing.matchAll(/^```yaml\n([\s\S]*?)^```$/gmu)].map(([, text = '']) => text);

const shipped = readJourneyFiles(fileURLToPath(new URL('../../statemachines/journeys', import.meta.url)), { variables: variablesOf, check: checkTemplate });
if ('findings' in shipped) throw new Error('the shipped journeys have faults');

const named = (text: string, key: string): readonly string[] => [...text.matchAll(new RegExp(`\\b${key}: ([a-z-]+)`, 'gu'))].flatMap(([, name]) => name ?? []);

/** What a snippet leaves out: templates with the links that it names, and everything declared. */
const contextOf = (text: string): Context => {
  const links = Object.fromEntries(named(text, 'click').map((link) => [link, 'https://example.test/']));
  return {
    templates: Object.fromEntries([...named(text, 'send'), 'note'].map((template) => [template, { template, subject: '-', text: '-', html: '-', links }])),
    segments: shipped.segments, events: shipped.events, variables: () => ({ subject: [], body: [], needed: [] }),
  };
};

type Steps = readonly Readonly<Record<string, unknown>>[];

const isLast = (step: Steps[number] | undefined): boolean => step !== undefined && ('end' in step || 'goTo' in step);

/** A journey around a snippet of steps or of settings. */
const journeyOf = (text: string): object => {
  const snippet = parse(text) as Steps | object;
  const settings = {
    journey: 'example', title: 'An example', opens: true,
    message: { purpose: 'health_education', content: ['contact_info'], segment: DataClass.options },
    sender: { name: 'Northside', address: 'news@northside.example', replyTo: 'help@northside.example' },
    enter: [{ segment: 're-enrolment-due', source: 'The record.', because: 'An example.' }],
  };
  if (!Array.isArray(snippet)) return { ...settings, ...snippet, ...('steps' in snippet ? {} : { steps: [{ send: 'note' }, { end: 'completed' }] }) };
  const steps = snippet as Steps;
  return { ...settings, steps: isLast(steps.at(-1)) ? steps : [...steps, { id: 'done', end: 'completed' }] };
};

describe('the journey guide', () => {
  test.each(blocks)('shows a snippet that is read, checked and compiled: %s', (text) => {
    const read = readJourney(journeyOf(text), contextOf(text));
    expect('findings' in read ? read.findings : []).toEqual([]);
    expect('plan' in read ? checkDefinition(compileJourney(read.plan, 1)) : undefined).toEqual([]);
  });

  test('has an example of every kind of step', () => {
    expect(stepKeys.filter((key) => !blocks.some((text) => new RegExp(`^ *(?:- )?(?:\\{ )?(?:id: [a-z-]+, )?${key}:`, 'mu').test(text)))).toEqual([]);
  });

  test('has an example of every trigger', () => {
    expect(triggerKeys.filter((key) => !blocks.some((text) => text.includes('enter:') && new RegExp(`^ *- (?:\\{ )?${key}:`, 'mu').test(text)))).toEqual([]);
  });

  test('names commands that there are', () => {
    const used = [...guide.matchAll(/npm run -s sendwell -- ([a-z-]+)/gu)].flatMap(([, name]) => name ?? []);
    expect(used.length).toBeGreaterThan(4);
    expect(used.filter((name) => !(name in commands))).toEqual([]);
  });

  test('leads to pages that there are', () => {
    for (const [, path = ''] of guide.matchAll(/\]\((docs\/[\w/-]+\.md|statemachines\/[\w./-]+)\)/gu)) expect(textOf(path)).not.toBe('');
  });
});
