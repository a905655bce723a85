import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFinding } from './files.ts';
import type { Place } from './places.ts';
import { placesIn, placesOfErrors } from './places.ts';

/** A finding with its line and column, which a file that is not there has none of. */
export type LocatedFinding = FileFinding & Partial<Place>;

const locateIn = (path: string, findings: readonly FileFinding[]): readonly LocatedFinding[] => {
  if (!existsSync(path)) return findings;
  const text = readFileSync(path, 'utf8');
  const placeOf = placesIn(text);
  const errors = placesOfErrors(text).values();
  return findings.map((one) => ({
    ...one,
    // What stands beside the YAML of its file says its line itself.
    ...(one.line !== undefined ? { column: 1 } : one.code === 'journey.invalid-yaml' ? errors.next().value : placeOf(one.path, one.code === 'journey.unknown-key' ? 'key' : 'value')),
  }));
};

const order = (one: LocatedFinding, other: LocatedFinding): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);

/** Says where in its file each finding stands; file by file, from top to bottom. */
export const locate = (root: string, findings: readonly FileFinding[]): readonly LocatedFinding[] =>
  [...new Set(findings.map(({ file }) => file))]
    .flatMap((file) => [...locateIn(join(root, file), findings.filter((one) => one.file === file))].sort(order));
