import { millisecondsOf, instantOf } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Change, Deltas } from './counts.ts';
import type { SendRecord } from './send.ts';

/** Days of UTC, today among them, over which complaints are held against deliveries. */
export const rateDays = 30;

/** With fewer deliveries than this in those days the rate counts as 0: one reader's complaint would stop everybody's mail. */
export const fewestDeliveries = 1000;

const dayMilliseconds = 86_400_000;

/**
 * Where the commercial stream is counted: a row for each month, with a name for each day. A journey's name holds no
 * slash, so no journey is counted there.
 */
const rowOf = (day: string) => ({ journey: 'stream/commercial', version: Number(`${day.slice(0, 4)}${day.slice(5, 7)}`) });

export type StreamRow = ReturnType<typeof rowOf>;

const newly = (mark: 'deliveredAt' | 'complainedAt', { before, after }: Change<SendRecord>): Instant | undefined =>
  (before?.[mark] === undefined ? after?.[mark] : undefined);

/** What one write on a ledger row adds to the commercial stream, by the row of its month. */
export const streamDeltas = (change: Change<SendRecord>): readonly (StreamRow & { readonly deltas: Deltas })[] => {
  if (change.after?.commercial !== true) return [];
  return (['deliveredAt', 'complainedAt'] as const).flatMap((mark) => {
    const day = newly(mark, change)?.slice(0, 10);
    return day === undefined ? [] : [{ ...rowOf(day), deltas: { [`${mark}/${day.slice(8)}`]: 1 } }];
  });
};

const daysUpTo = (now: Instant): readonly string[] =>
  Array.from({ length: rateDays }, (_, ago) => instantOf(millisecondsOf(now) - ago * dayMilliseconds).slice(0, 10));

/** The rows that the days up to now are counted in: two, or three around a short February. */
export const streamRows = (now: Instant): readonly StreamRow[] =>
  [...new Map(daysUpTo(now).map((day) => [day.slice(0, 7), rowOf(day)])).values()];

export type StreamFigures = { readonly delivered: number; readonly complaints: number; /** 0 to 1. */ readonly rate: number };

/** The figures of the days up to now; `counts` has the counts of each row, by its version. */
export const streamFigures = (counts: ReadonlyMap<number, Deltas>, now: Instant): StreamFigures => {
  const sum = (mark: 'deliveredAt' | 'complainedAt'): number => daysUpTo(now).reduce((total, day) =>
    total + (counts.get(rowOf(day).version)?.[`${mark}/${day.slice(8)}`] ?? 0), 0);
  const [delivered, complaints] = [sum('deliveredAt'), sum('complainedAt')];
  return { delivered, complaints, rate: delivered < fewestDeliveries ? 0 : Math.min(1, complaints / delivered) };
};
