import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { checkTemplate } from '../../lib/core/template/check.ts';
import { variablesOf } from '../../lib/core/template/variables.ts';
import type { TemplateTools } from '../../statemachines/files.ts';
import { parseYaml, readJourneyFiles } from '../../statemachines/files.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const tools: TemplateTools = { variables: variablesOf, check: checkTemplate };
const read = readJourneyFiles(shipped, tools);
const journeys = 'journeys' in read ? read.journeys : [];

describe('the journeys that ship', () => {
  it('have no faults', () => {
    expect('findings' in read ? read.findings : []).toEqual([]);
  });

  const byThemselves = [
    'appointment-reminder', 'healthy-habits-basics', 'healthy-habits-next', 'new-member-onboarding', 'preventive-care-birthday', 're-engagement',
  ];

  it('are the two lists that the demo sends in, the notice of a permission that ends, and six that enter by themselves, in version 1', () => {
    expect(journeys.map(({ plan, version }) => [plan.journey, version]))
      .toEqual([...byThemselves, 'authorization-renewal', 'diabetes-program', 'health-plan-enrollment'].sort().map((name) => [name, 1]));
  });

  it('wait as drafts for a word where a trigger would begin to mail everybody', () => {
    expect(journeys.filter(({ draft }) => draft === true).map(({ plan }) => plan.journey)).toEqual(byThemselves);
    expect(journeys.filter(({ plan }) => plan.triggers !== undefined).map(({ plan }) => plan.journey)).toEqual(byThemselves);
  });

  it('speak English and Spanish where they are written in MJML', () => {
    const languages = journeys.filter(({ draft }) => draft === true)
      .flatMap(({ templates }) => Object.values(templates).map(({ language, variants }) => [language, ...Object.keys(variants ?? {})].join()));
    expect(new Set(languages)).toEqual(new Set(['en,es']));
  });

  it.each(journeys)('compile to the machines that were kept: $plan.journey', ({ plan, version }) => {
    const kept = new URL(`../fixtures/journeys/shipped/${plan.journey}-v${version}.json`, import.meta.url);
    expect(JSON.stringify(compileJourney(plan, version))).toBe(JSON.stringify(JSON.parse(readFileSync(kept, 'utf8'))));
  });

  it('compile to machines that pass the checks', () => {
    expect(journeys.flatMap(({ plan, version }) => checkDefinition(compileJourney(plan, version)))).toEqual([]);
  });

  it('say nothing about a person in a subject line', () => {
    const subjects = journeys.flatMap(({ templates }) => Object.values(templates).map(({ subject }) => subject));
    expect(subjects.filter((subject) => subject.includes('{'))).toEqual([]);
  });

  it('let a contact leave every mail behind', () => {
    const templates = journeys.flatMap(({ templates }) => Object.values(templates));
    const without = templates.filter(({ text, html }) => !(text.includes('links.unsubscribe') && html.includes('links.unsubscribe')));
    expect(without).toEqual([]);
  });
});

describe('a folder of journeys with a fault', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'journeys-'));
    cpSync(shipped, root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const faults = () => {
    const read = readJourneyFiles(root, tools);
    return 'findings' in read ? read.findings.map(({ code, file, path }) => [code, file, path]) : [];
  };

  const change = (file: string, from: string, to: string) => {
    const path = join(root, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };

  it('names the file and the path in it', () => {
    change('diabetes-program/v1/journey.yaml', 'send: follow-up', 'send: nothing');
    expect(faults()).toEqual([['journey.unknown-template', 'diabetes-program/v1/journey.yaml', 'steps[2].send']]);
  });

  it('is refused for a folder with another name than its journey', () => {
    renameSync(join(root, 'diabetes-program'), join(root, 'program'));
    expect(faults()).toEqual([['journey.misplaced-file', 'program/v1/journey.yaml', 'journey']]);
  });

  it('is refused for a file with another name than its template', () => {
    const templates = join(root, 'diabetes-program/v1/templates');
    renameSync(join(templates, 'offer.yaml'), join(templates, 'first.yaml'));
    expect(faults()).toEqual([['journey.misplaced-file', 'diabetes-program/v1/templates/first.yaml', 'template']]);
  });

  it('is refused for a version without its journey', () => {
    rmSync(join(root, 'diabetes-program/v1/journey.yaml'));
    expect(faults()).toEqual([['journey.missing-file', 'diabetes-program/v1/journey.yaml', '']]);
  });

  it('is refused for a version without its templates', () => {
    rmSync(join(root, 'diabetes-program/v1/templates'), { recursive: true });
    expect(faults().map(([code]) => code)).toEqual([
      'journey.unknown-template', 'journey.unknown-template', 'journey.unknown-template',
    ]);
  });

  it('is refused for a template that does not fit its schema', () => {
    change('diabetes-program/v1/templates/offer.yaml', 'https://steady-steps.example', 'javascript:steps');
    expect(faults()).toEqual([['journey.invalid-value', 'diabetes-program/v1/templates/offer.yaml', 'links.program']]);
  });

  it('is refused for a segment that does not fit its schema', () => {
    change('segments.yaml', 'classes: [diagnosis]', 'classes: [secret]');
    expect(faults()).toEqual([['journey.invalid-value', 'segments.yaml', '[1].classes[0]']]);
  });

  it('is refused for a segment by an event that is not declared', () => {
    change('segments.yaml', 'event: member.joined', 'event: member.left');
    expect(faults()).toEqual([['journey.unknown-event', 'segments.yaml', '[5].where.event']]);
  });

  it('is refused for a segment by an attribute that its event does not have', () => {
    change('segments.yaml', '{ event: member.joined, within: 30 days }', '{ event: member.joined, where: { attribute: colour, equals: red } }');
    expect(faults()).toEqual([['journey.unknown-attribute', 'segments.yaml', '[5].where.where.attribute']]);
  });

  it('is refused for an event that does not fit its schema', () => {
    change('events.yaml', 'type: instant, reveals: appointment_logistics', 'type: time, reveals: appointment_logistics');
    expect(faults()).toEqual([
      ['journey.invalid-value', 'events.yaml', '[1].attributes.startsAt.type'], ['journey.invalid-value', 'events.yaml', '[2].attributes.startsAt.type'],
      ['journey.invalid-value', 'events.yaml', '[3].attributes.startsAt.type'], ['journey.invalid-value', 'events.yaml', '[4].attributes.startsAt.type'],
    ]);
  });

  it('is refused for an event that is declared twice', () => {
    change('events.yaml', 'event: appointment.scheduled', 'event: portal.login');
    expect(faults()).toEqual([['journey.duplicate-event', 'events.yaml', '[1].event']]);
  });

  it('is refused for a wait for an event that is not declared', () => {
    change('events.yaml', 'event: portal.login', 'event: portal.logout');
    expect(faults()).toContainEqual(['journey.unknown-event', 'health-plan-enrollment/v1/journey.yaml', 'steps[1].waitFor[0].event']);
  });

  it('is refused with what the check of templates finds', () => {
    const check = () => [{ code: 'template.syntax', path: 'text', message: 'unclosed tag', remedy: 'Close the tag.' }];
    const read = readJourneyFiles(root, { ...tools, check });
    expect('findings' in read ? read.findings[0] : undefined).toEqual({
      file: 'appointment-reminder/v1/templates/three-days.mjml',
      code: 'template.syntax', path: 'text', message: 'unclosed tag', remedy: 'Close the tag.',
    });
  });
});

describe('a fault in YAML', () => {
  it('names line and column', () => {
    const parsed = parseYaml('journey: a\nsteps:\n  - send: [\n');
    expect('findings' in parsed ? parsed.findings.map(({ message }) => message) : []).toEqual([
      'BAD_INDENT at line 4, column 1',
    ]);
  });
});
