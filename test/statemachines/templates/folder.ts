import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkTemplate } from '../../../lib/core/template/check.ts';
import type { Template } from '../../../lib/core/template/template.ts';
import { variablesOf } from '../../../lib/core/template/variables.ts';
import { readJourneyFiles } from '../../../statemachines/files.ts';

const shipped = join(import.meta.dirname, '../../../statemachines/journeys/layouts');
export const fixture = join(import.meta.dirname, '../../fixtures/templates');

/** A folder of journeys with the shipped layouts, and further files by path; read and checked, then removed. */
export const readWith = (files: Readonly<Record<string, string>> = {}): ReturnType<typeof readJourneyFiles> => {
  const root = mkdtempSync(join(tmpdir(), 'sendwell-templates-'));
  try {
    cpSync(fixture, root, { recursive: true });
    cpSync(shipped, join(root, 'layouts'), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return readJourneyFiles(root, { variables: variablesOf, check: checkTemplate });
  } finally {
    rmSync(root, { recursive: true });
  }
};

/** The message of the fixture, compiled. */
export const reminder = (): Template => {
  const read = readWith();
  const template = 'journeys' in read ? read.journeys[0]?.templates['reminder'] : undefined;
  if (template === undefined) throw new Error(JSON.stringify(read));
  return template;
};
