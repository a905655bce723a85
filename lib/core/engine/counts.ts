import type { Enrolment } from './enrolment.ts';
import { armsOf, isActive } from './enrolment.ts';
import { firstMarks } from './engagement.ts';
import type { FollowUp } from './follow-up.ts';
import { isPutOff } from './send.ts';
import type { SendRecord } from './send.ts';
import type { Withdrawal } from './withdrawal.ts';

/**
 * Counts of one version, by name.
 * - Runs: `entered`, `active`, `completed`, `exited`, `failed`; `movedIn` and `movedOut`, from and to other
 *   versions; `held`, active ones whom a pause holds back;
 *   `ended/<status>/<step>/<how>`, where they ended and what they came to; `goal/<label>` and `exit/<label>`, what ended
 *   them before their last step.
 * - Steps: `at/<step>`, active now, and `passed/<step>`, ever processed.
 * - People, each once a run: `clicked`, `clicked/<step>` and `clicked/<step>/<link>`; `opened` and `opened/<step>`. What
 *   scanners did, likewise: `scanned` as `clicked`, `prefetched` as `opened`.
 * - Parts that are compared, of a split `arm/<step>/<label>/…`, of a journey that holds contacts out `group/<group>/…`:
 *   `…/entered`, `…/ended/<how>`, and `…/opened` and `…/clicked`, people who first did so as part of it.
 * - Sends: `send/<status>` and `send/<status>/<step>`; `refused/<reason>` and `refused-at/<step>/<reason>`; each deferral,
 *   `put-off/<reason>` and `put-off-at/<step>/<reason>`; `permit/<reason>` and `basis/<basis>` of what was permitted;
 *   `delivered`, `bounced`, and both with `/<step>`.
 * - Of all journeys together: `withdrawals/completed`, `withdrawals/seconds/<at most>`; `follow-ups/opened`, `follow-ups/open`.
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
    ...(isActive(enrolment.status) && enrolment.held !== undefined ? [['held', amount] as const] : []),
  ];

/** The parts of the contacts who are compared: by group, and by arm of a split. */
const partsOf = (enrolment: Enrolment | undefined): readonly string[] =>
  enrolment === undefined ? [] : [
    ...(enrolment.group === undefined ? [] : [`group/${enrolment.group}`]), ...armsOf(enrolment).map((arm) => `arm/${arm}`),
  ];

/** Each part is entered once, and ends once: what a run came to is told for every part that it was in. */
const compared = (before: Enrolment | undefined, after: Enrolment): readonly (readonly [string, number])[] => {
  const known = new Set(partsOf(before));
  const parts = partsOf(after);
  const ended = before?.endedAt === undefined && after.endedAt !== undefined ? after.ended : undefined;
  const marks = firstMarks(before, after).filter((name) => name === 'opened' || name === 'clicked');
  return [
    ...parts.flatMap((part) => marks.map((mark) => [`${part}/${mark}`, 1] as const)),
    ...parts.filter((part) => !known.has(part)).map((part) => [`${part}/entered`, 1] as const),
    ...(ended === undefined ? [] : parts.map((part) => [`${part}/ended/${ended}`, 1] as const)),
  ];
};

const endOf = ({ status, step, ended }: Enrolment): string => `ended/${status.toLowerCase()}/${step}/${ended ?? 'none'}`;

/** A move to another version takes a run out of the counts of the one and puts it into those of the other. */
const moveDeltas = (before: Enrolment, after: Enrolment): readonly EnrolmentDeltas[] => [
  { version: before.version, deltas: tally([['movedOut', 1], ...standing(before, -1)]) },
  { version: after.version, deltas: tally([['movedIn', 1], ...standing(after, 1), [`passed/${after.step}`, 1], ...compared(undefined, after)]) },
];

type EnrolmentDeltas = { readonly version: number; readonly deltas: Deltas };

/** What one write on an enrolment row adds to the counts of the versions that it touches: two where it was moved. */
export const enrolmentChanges = ({ before, after }: Change<Enrolment>): readonly EnrolmentDeltas[] => {
  if (after === undefined) return [];
  if (before !== undefined && before.version !== after.version) return moveDeltas(before, after);
  return [{ version: after.version, deltas: enrolmentDeltas({ before, after }) }];
};

/** What one write on an enrolment row adds to the counts of its version, where it stays in it. */
export const enrolmentDeltas = ({ before, after }: Change<Enrolment>): Deltas => {
  if (after === undefined) return {};
  const visits = Object.entries(after.visited).filter(([step, visit]) => before?.visited[step] !== visit);
  return tally([
    ...(before === undefined ? [['entered', 1] as const] : []),
    ...standing(before, -1),
    ...standing(after, 1),
    ...(isActive(after.status) || before?.ended === after.ended || !/^(?:goal|exit)\//u.test(after.ended ?? '') ? [] : [[after.ended ?? '', 1] as const]),
    ...visits.map(([step]) => [`passed/${step}`, 1] as const),
    ...compared(before, after),
    ...firstMarks(before, after).map((name) => [name, 1] as const),
    ...(before?.endedAt === undefined && after.endedAt !== undefined ? [[endOf(after), 1] as const] : []),
  ]);
};

const undecided: ReadonlySet<SendRecord['status']> = new Set<SendRecord['status']>(['REFUSED', 'RELEASED', 'DEFERRED']);

const sendStanding = (record: SendRecord | undefined, amount: number): readonly (readonly [string, number])[] =>
  record === undefined ? [] : [
    [`send/${record.status.toLowerCase()}`, amount],
    [`send/${record.status.toLowerCase()}/${record.step}`, amount],
    ...(record.status === 'REFUSED' ? [`refused/${record.reason}`, `refused-at/${record.step}/${record.reason}`] : [])
      .map((name) => [name, amount] as const),
    ...(undecided.has(record.status) ? [] : [
      [`permit/${record.reason}`, amount] as const, ...record.basis.map((basis) => [`basis/${basis}`, amount] as const),
    ]),
    ...(record.deliveredAt === undefined ? [] : ['delivered', `delivered/${record.step}`]).map((name) => [name, amount] as const),
    ...(record.bouncedAt === undefined ? [] : ['bounced', `bounced/${record.step}`]).map((name) => [name, amount] as const),
  ];

/** What one write on a ledger row adds to the counts of its version. */
export const sendDeltas = ({ before, after }: Change<SendRecord>): Deltas =>
  tally([
    ...sendStanding(before, -1), ...sendStanding(after, 1),
    ...(after !== undefined && isPutOff(before, after) ? [`put-off/${after.reason}`, `put-off-at/${after.step}/${after.reason}`] : [])
      .map((name) => [name, 1] as const),
  ]);

/** Where figures of no single version are counted; a published version is 1 or more. */
export const ofAllJourneys = { journey: 'all', version: 0 } as const;

/** Seconds rounded up to two digits, at least to tenths, so that few counts hold every duration. */
const roundedUp = (seconds: number): string => {
  const tenths = Math.ceil(seconds * 10);
  const unit = 10 ** Math.max(0, String(tenths).length - 2);
  return String((Math.ceil(tenths / unit) * unit) / 10);
};

/** A withdrawal is counted once, when its proof is complete. */
export const withdrawalDeltas = ({ before, after }: Change<Withdrawal>): Deltas =>
  (after?.secondsTaken === undefined || before?.secondsTaken !== undefined ? {}
    : { 'withdrawals/completed': 1, [`withdrawals/seconds/${roundedUp(after.secondsTaken)}`]: 1 });

const taskStanding = (task: FollowUp | undefined, amount: number): readonly (readonly [string, number])[] =>
  task === undefined ? [] : [['follow-ups/opened', amount], ...(task.closedAt === undefined ? [['follow-ups/open', amount] as const] : [])];

/** What one write on a follow-up task adds. */
export const followUpDeltas = ({ before, after }: Change<FollowUp>): Deltas =>
  tally([...taskStanding(before, -1), ...taskStanding(after, 1)]);

export const addDeltas = (all: readonly Deltas[]): Deltas => tally(all.flatMap((deltas) => Object.entries(deltas)));

/** Nobody is lost: whoever entered a version, or was moved to it, is active, ended in one of three ways, or was moved on. */
export const nobodyLost = (counts: Deltas): boolean => {
  const sum = (...names: readonly string[]): number => names.reduce((total, name) => total + (counts[name] ?? 0), 0);
  return sum('entered', 'movedIn') === sum('active', 'completed', 'exited', 'failed', 'movedOut');
};
