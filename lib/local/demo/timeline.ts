import type { JourneyCounts, TimelineEntry } from '../report/report.ts';

/** An arrival that the entry beside it tells in full: a send by its outcome, an end by how it ended. */
const isTold = (entry: TimelineEntry, entries: readonly TimelineEntry[]): boolean =>
  entry.what === 'step' && entries.some((other) =>
    other !== entry && other.at === entry.at && other.journey === entry.journey && other.step === entry.step && other.reason !== undefined);

/**
 * Puts a contact's entries in the order in which they came about. The virtual clock stands still while a burst runs, so
 * at one instant the journey's own order of steps decides.
 */
export const inOrder = (entries: readonly TimelineEntry[], journeys: readonly JourneyCounts[]): readonly TimelineEntry[] => {
  const order = new Map(journeys.flatMap(({ journey, steps }) => steps.map(({ step }, at) => [`${journey}/${step}`, at] as const)));
  const place = ({ journey, step }: TimelineEntry): number => order.get(`${journey}/${step}`) ?? -1;
  const sorted = entries.filter((entry) => !isTold(entry, entries));
  return sorted.sort((a, b) => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1;
    if (a.journey !== b.journey) return a.journey < b.journey ? -1 : 1;
    return place(a) - place(b);
  });
};
