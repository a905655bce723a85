import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildJourneys } from '../../statemachines/build.ts';
import type { LocatedFinding } from '../../statemachines/locate.ts';
import { locate } from '../../statemachines/locate.ts';

/**
 * Each case is a folder of journeys as an author has it, faulty, with findings.json beside segments.yaml. Versions are
 * read each on its own, so a case may hold one journey for each fault of a kind.
 */
const root = fileURLToPath(new URL('../fixtures/journey-files', import.meta.url));

export const fileCases: readonly string[] = readdirSync(root).sort();

/** What `sendwell validate` says of a case. */
export const findingsOfCase = (name: string): readonly LocatedFinding[] => {
  const folder = join(root, name);
  return locate(folder, buildJourneys(folder).findings);
};

export const expectedOfCase = (name: string): readonly { readonly code: string }[] =>
  JSON.parse(readFileSync(join(root, name, 'findings.json'), 'utf8'));

/** The keys of a template in MJML: those of its front part, and the two parts of the message that are made of the rest. */
const frontOf = (text: string): unknown => {
  const [, front = ''] = /^---\n([\s\S]*?)^---$/mu.exec(text) ?? [];
  return { text, html: text, ...parse(front) };
};

/** What a file of a case says; undefined where it is not there. Only faults of a whole file are found in one that cannot be parsed. */
export const documentIn = (name: string, file: string): unknown => {
  const path = join(root, name, file);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  return file.endsWith('.mjml') ? frontOf(text) : parse(text);
};
