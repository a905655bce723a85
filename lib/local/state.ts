import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Instant } from '../core/time.ts';

/** What the platform itself remembers between runs; tables, keys, messages and mails have files of their own. */
export type State = {
  readonly now: Instant;
  /** Sequence number of the last stream record that a mapping took, by mapping. */
  readonly checkpoints: Readonly<Record<string, string>>;
  /** Sequence number of the last record of the batch that a mapping took last, by mapping. */
  readonly openBatches: Readonly<Record<string, string>>;
  /** By resource; CloudFormation tells a custom resource only what changed. */
  readonly customResources: Readonly<Record<string, { readonly physicalId: string; readonly properties: string }>>;
};

export type StateFile = { readonly get: () => State; readonly set: (change: Partial<State>) => void };

/** @param file Without it the state lives in memory. */
export const openState = (fresh: State, file?: string): StateFile => {
  let state = file !== undefined && existsSync(file) ? { ...fresh, ...JSON.parse(readFileSync(file, 'utf8')) as State } : fresh;
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    },
  };
};
