import type { Instant } from '../core/time.ts';
import { addSeconds } from '../core/time.ts';
import type { Runtime } from './runtime.ts';

/** A list that rarely changes: kept for a while, and read again where what is sought is not in it. */
export type Kept<T> = {
  readonly all: () => Promise<readonly T[]>;
  /** Undefined where it is not there, nor in what is read then. */
  readonly find: (matches: (one: T) => boolean) => Promise<T | undefined>;
};

/** Keeps what `query` gives for so many seconds of the runtime's clock. A query that fails is asked again by the next caller. */
export const kept = <T>({ clock }: Pick<Runtime, 'clock'>, seconds: number, query: () => Promise<readonly T[]>): Kept<T> => {
  let held: { readonly until: Instant; readonly found: Promise<readonly T[]> } | undefined;

  const read = async (): Promise<readonly T[]> => {
    const found = query();
    held = { until: addSeconds(clock.now(), seconds), found };
    try {
      return await found;
    } catch (error) {
      held = undefined;
      throw error;
    }
  };

  const all = (): Promise<readonly T[]> => (held !== undefined && clock.now() < held.until ? held.found : read());

  return { all, find: async (matches) => (await all()).find(matches) ?? (await read()).find(matches) };
};
