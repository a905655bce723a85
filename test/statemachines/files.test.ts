import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { parseYaml, readJourneyFiles } from '../../statemachines/files.ts';
import { plainTools } from './template-tools.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const read = readJourneyFiles(shipped, plainTools);
const journeys = 'journeys' in read ? read.journeys : [];

describe('the journeys that ship', () => {
  it('have no faults', () => {
    expect('findings' in read ? read.findings : []).toEqual([]);
  });

  it('are the two that the demo walks through and the notice of a permission that ends, in version 1', () => {
    expect(journeys.map(({ plan, version }) => [plan.journey, version]))
      .toEqual([['authorization-renewal', 1], ['diabetes-program', 1], ['health-plan-enrollment', 1]]);
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
    const read = readJourneyFiles(root, plainTools);
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
    rmSync(join(root, 'events.yaml'));
    expect(faults()).toEqual([['journey.unknown-event', 'health-plan-enrollment/v1/journey.yaml', 'steps[1].waitFor[0].event']]);
  });

  it('is refused with what the check of templates finds', () => {
    const check = () => [{ code: 'template.syntax', path: 'text', message: 'unclosed tag', remedy: 'Close the tag.' }];
    const read = readJourneyFiles(root, { ...plainTools, check });
    expect('findings' in read ? read.findings[0] : undefined).toEqual({
      file: 'authorization-renewal/v1/templates/notice.mjml',
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
