import type { Deltas } from '../core/engine/counts.ts';
import { streamFigures, streamRows } from '../core/engine/stream.ts';
import type { StreamFigures } from '../core/engine/stream.ts';
import type { CommercialStream, CountStore } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import type { Runtime } from './runtime.ts';

/** A warm function goes on with what it read for this long. */
const freshMilliseconds = 5 * 60_000;

/** The commercial stream over its counts. Two or three reads, at most once in five minutes; a read that fails is not kept. */
export const commercialStream = (runtime: Runtime, counts: Pick<CountStore, 'read'>): CommercialStream => {
  let known: { readonly at: number; readonly figures: StreamFigures } | undefined;
  return {
    figures: async () => {
      const now = runtime.clock.now();
      const at = millisecondsOf(now);
      if (known !== undefined && at - known.at < freshMilliseconds) return known.figures;
      const rows = await Promise.all(streamRows(now).map(async ({ journey, version }): Promise<[number, Deltas]> =>
        [version, await counts.read(journey, version)]));
      known = { at, figures: streamFigures(new Map(rows), now) };
      return known.figures;
    },
  };
};
