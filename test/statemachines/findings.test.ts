import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findingTable } from '../../lib/core/journey/findings.ts';
import { templateFindings } from '../../lib/core/template/findings.ts';
import { sourceFindings } from '../../statemachines/templates/findings.ts';
import { casesWith, expectedIn, readCase, textOf } from '../core/journey/cases.ts';
import { documentIn, expectedOfCase, fileCases, findingsOfCase } from './file-cases.ts';
import { reaches } from './reaches.ts';

const remedies: Readonly<Record<string, string>> = { ...findingTable, ...templateFindings, ...sourceFindings };
const documents = casesWith('findings.json');

/** Codes that no file of a sensible size brings about, and the test that raises each. */
const elsewhere: Readonly<Record<string, string>> = {
  // The compiler emits none of these; the checks are there to hold it to that.
  'machine.payload-key': './check.test.ts',
  'machine.state-type': './check.test.ts',
  'machine.state-name': './check.test.ts',
  // It takes hundreds of kilobytes of YAML.
  'journey.too-large': './check.test.ts',
  // The schema of templates refuses such a name first.
  'template.link-name': '../core/template/check.test.ts',
};

describe('a folder of journeys with faults', () => {
  it.each(fileCases)('is refused with file, line, column, path and code: %s', (name) => {
    const found = findingsOfCase(name).map(({ file, line = null, column = null, path, code }) => ({ file, line, column, path, code }));
    expect(found).toEqual(expectedOfCase(name));
    expect(found).not.toEqual([]);
  });
});

it('every code has a kept case, or a test of its own', () => {
  const kept = [...documents.flatMap((name) => expectedIn(name, 'findings.json') as { code: string }[]), ...fileCases.flatMap(expectedOfCase)];
  expect([...new Set(kept.map(({ code }) => code)), ...Object.keys(elsewhere)].sort()).toEqual(Object.keys(remedies).sort());
});

it.each(Object.entries(elsewhere))('%s is raised in %s', (code, file) => {
  expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(code);
});

/** Faults of a key that is not there: it should stand where the path leads. */
const ofAbsence: ReadonlySet<string> = new Set([
  'journey.missing-key', 'journey.send-without-purpose', 'journey.branch-without-fallback', 'journey.wait-without-timeout', 'journey.wait-without-past-rule',
  'journey.wait-without-missing-rule', 'journey.wait-without-time', 'journey.missing-unstated', 'journey.promotion-missing', 'journey.trigger-unexplained',
  // A list that is not there is an empty one.
  'journey.undeclared-class', 'template.untranslated-default',
]);

const faults = [
  ...documents.flatMap((name) => {
    const read = readCase(name);
    return ('findings' in read ? read.findings : []).map((fault) => ({ ...fault, at: name, document: () => parse(textOf(`${name}/journey.yaml`)) as unknown }));
  }),
  ...fileCases.flatMap((name) => findingsOfCase(name).map((fault) => ({ ...fault, at: `${name}/${fault.file}`, document: () => documentIn(name, fault.file) }))),
];

describe('every finding of a kept case', () => {
  it.each(faults)('says what is wrong and how to mend it: $at $path $code', ({ code, message, remedy }) => {
    expect(message.trim()).not.toBe('');
    expect(remedy).toBe(remedies[code]);
    expect(remedy).toMatch(/^[A-Z].{15,}\.$/u);
  });

  it.each(faults)('leads to a place in its document: $at $path $code', ({ code, path, document }) => {
    if (path === '') return;
    expect(reaches(document(), path, ofAbsence.has(code) ? 'parent' : 'value')).toBe(true);
  });
});
