import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Built, BuiltVersion } from '../../statemachines/build.ts';
import { buildJourneys } from '../../statemachines/build.ts';
import type { LocatedFinding } from '../../statemachines/locate.ts';
import { locate } from '../../statemachines/locate.ts';
import { Unreachable } from '../exit.ts';

const segments = 'segments.yaml';

/** What stands beside the journeys, and keeps all of them from being read where it is faulty. */
const isBeside = (file: string): boolean => file === segments || file === 'events.yaml';

/** The folder of journeys that a path lies in: it or the nearest one above that holds `segments.yaml`. */
const rootOf = (path: string): string => {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, segments))) return folder;
    if (folder === dirname(folder)) throw new Unreachable(`${path} lies in no folder of journeys: none above it holds ${segments}`);
  }
};

/** Of `inner`, which lies in `outer` or is it. */
const isIn = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(outer === '' ? '' : `${outer}/`);

const folderOf = ({ plan, version }: BuiltVersion): string => `${plan.journey}/v${version}`;

/** What a path holds: its versions without a fault, and the faults of the others, of the segments and of the events. */
export type Held = { readonly versions: readonly BuiltVersion[]; readonly segments: Built['segments']; readonly findings: readonly LocatedFinding[] };

/** Whether a path of a root leads to a version, through one or to a file of one. */
const touches = (path: string, folder: string): boolean => isIn(path, folder) || isIn(folder, path);

/** Folders of journeys, read once however many paths lie in them. */
export const journeyReader = () => {
  const read = new Map<string, Built>();
  const builtOf = (root: string): Built => {
    const built = read.get(root) ?? buildJourneys(root);
    read.set(root, built);
    return built;
  };
  /** @throws Unreachable where a path is not there, lies in no folder of journeys, or leads to none. */
  return (given: string): Held => {
    const path = resolve(given);
    if (!existsSync(path)) throw new Unreachable(`there is no ${given}`);
    const root = rootOf(path);
    const { versions, segments: defined, findings } = builtOf(root);
    const inRoot = relative(root, path).split(sep).join('/');
    const faulty = findings.map(({ file }) => file.split('/').slice(0, 2).join('/'));
    const concernsAll = isBeside(inRoot) || faulty.some(isBeside);
    if (!concernsAll && ![...versions.map(folderOf), ...faulty].some((folder) => touches(inRoot, folder))) {
      throw new Unreachable(`${given} holds no version of a journey`);
    }
    return {
      versions: versions.filter((version) => concernsAll || touches(inRoot, folderOf(version))),
      segments: defined,
      findings: locate(root, findings.filter(({ file }) => isIn(inRoot, file) || isBeside(file)))
        .map((one) => ({ ...one, file: relative('.', join(root, one.file)) })),
    };
  };
};

/** The newest of the versions that a path holds with the segments beside it, or their faults. @throws Unreachable where it holds none. */
export const newestIn = (
  given: string,
): (BuiltVersion & { readonly segments: Held['segments'] }) | { readonly findings: Held['findings'] } => {
  const { versions, segments: defined, findings } = journeyReader()(given);
  if (findings.length > 0) return { findings };
  const journeys = new Set(versions.map(({ plan }) => plan.journey));
  const newest = versions.at(-1);
  if (newest === undefined || journeys.size > 1) throw new Unreachable(`${given} is not the folder of one journey, or of one of its versions`);
  return { ...newest, segments: defined };
};
