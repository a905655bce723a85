import type { Enrolment } from './enrolment.ts';
import { isActive } from './enrolment.ts';
import type { SendRecord } from './send.ts';

/**
 * Counts of one version, by name: `entered`, `active`, `completed`, `exited`, `failed`; `at/<step>`, active now, and
 * `passed/<step>`, ever processed; `send/<status>` and `send/<status>/<step>`; `refused/<reason>`; `delivered`, `bounced`.
 */
export type Deltas = Readonly<Record<string, number>>;

/** An image of a row before and after one write; undefined where there was none. */
export type Change<T> = { readonly before: T | undefined; readonly after: T | undefined };

const statusName = (enrolment: Enrolment): string => (isActive(enrolment.status) ? 'active' : enrolment.status.toLowerCase());

const tally = (entries: readonly (readonly [string, number])[]): Deltas => {
  const sums: Record<string, number> = {};
  for (const [name, amount] of entries) sums[name] = (sums[name] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
};

const standing = (enrolment: Enrolment | undefined, amount: number): readonly (readonly [string, number])[] =>
  enrolment === undefined ? [] : [
    [statusName(enrolment), amount],
    ...(isActive(enrolment.status) ? [[`at/${enrolment.step}`, amount] as const] : []),
  ];

/** What one write on an enrolment row adds to the counts of its version. */
export const enrolmentDeltas = ({ before, after }: Change<Enrolment>): Deltas => {
  if (after === undefined) return {};
  const visits = Object.entries(after.visited).filter(([step, visit]) => before?.visited[step] !== visit);
  return tally([
    ...(before === undefined ? [['entered', 1] as const] : []),
    ...standing(before, -1),
    ...standing(after, 1),
    ...visits.map(([step]) => [`passed/${step}`, 1] as const),
  ]);
};

const sendStanding = (record: SendRecord | undefined, amount: number): readonly (readonly [string, number])[] =>
  record === undefined ? [] : [
    [`send/${record.status.toLowerCase()}`, amount],
    [`send/${record.status.toLowerCase()}/${record.step}`, amount],
    ...(record.status === 'REFUSED' ? [[`refused/${record.reason}`, amount] as const] : []),
    ...(record.deliveredAt === undefined ? [] : [['delivered', amount] as const]),
    ...(record.bouncedAt === undefined ? [] : [['bounced', amount] as const]),
  ];

/** What one write on a ledger row adds to the counts of its version. */
export const sendDeltas = ({ before, after }: Change<SendRecord>): Deltas =>
  tally([...sendStanding(before, -1), ...sendStanding(after, 1)]);

export const addDeltas = (all: readonly Deltas[]): Deltas => tally(all.flatMap((deltas) => Object.entries(deltas)));

/** Nobody is lost: whoever entered is active, or ended in one of three ways. */
export const nobodyLost = (counts: Deltas): boolean =>
  (counts['entered'] ?? 0)
    === (counts['active'] ?? 0) + (counts['completed'] ?? 0) + (counts['exited'] ?? 0) + (counts['failed'] ?? 0);
