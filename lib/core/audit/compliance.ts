import type { Deltas } from '../engine/counts.ts';
import type { StreamFigures } from '../engine/stream.ts';
import type { WithdrawalKey } from '../engine/withdrawal.ts';
import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';

/** Running figures, from the counts that each write leaves behind; nothing is read of a contact. */
export type ComplianceFigures = {
  /** Counts of each published version. */
  readonly versions: readonly Deltas[];
  /** Counts of all journeys together. */
  readonly overall: Deltas;
  /** Withdrawals that are not complete; the store tells at most 1,000. */
  readonly pending: readonly Pick<WithdrawalKey, 'receivedAt'>[];
  /** Of the last 30 days. */
  readonly stream: StreamFigures;
  /** Authorizations that end from now on, within so many days. */
  readonly renewals: { readonly within30Days: number; readonly within90Days: number };
};

export type Compliance = {
  readonly at: Instant;
  readonly authorization: {
    /** Sends that rest on an authorization under 45 CFR 164.508. */
    readonly permitted: number;
    /** Sends refused because it is missing, void, ended, or too narrow. */
    readonly refused: number;
    /** Permitted of both, 0 to 1, to four digits; null where no send needed one. */
    readonly rate: number | null;
  };
  readonly refusals: { readonly total: number; /** Most frequent first. */ readonly byReason: Readonly<Record<string, number>> };
  readonly withdrawals: {
    readonly completed: number;
    /** From the wish to the end of the last run it touches, rounded up to two digits; null where none is complete. */
    readonly medianSeconds: number | null;
    readonly longestSeconds: number | null;
    readonly pending: number;
    /** 0 where none is pending. */
    readonly oldestPendingSeconds: number;
  };
  readonly renewalsDue: ComplianceFigures['renewals'];
  /** All commercial mail of the last 30 days. Mailbox providers stop a sender at a rate of 0.003; be alarmed at 0.001. */
  readonly commercialStream: StreamFigures;
  readonly followUps: { readonly open: number; readonly opened: number };
};

const sumOf = (all: readonly Deltas[], name: string): number => all.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);

/** The counts whose names begin with a prefix, under the rest of their names, without zeros. */
const under = (prefix: string, all: readonly Deltas[]): readonly (readonly [string, number])[] =>
  [...new Set(all.flatMap((counts) => Object.keys(counts)).filter((name) => name.startsWith(prefix)))]
    .map((name) => [name.slice(prefix.length), sumOf(all, name)] as const)
    .filter(([, amount]) => amount !== 0);

const totalOf = (entries: readonly (readonly [string, number])[]): number => entries.reduce((sum, [, amount]) => sum + amount, 0);

/** The first duration that at least a share of all does not exceed, the durations sorted; null where there is none. */
const quantile = (durations: readonly (readonly [number, number])[], share: number): number | null => {
  const rank = durations.reduce((sum, [, amount]) => sum + amount, 0) * share;
  let passed = 0;
  for (const [seconds, amount] of durations) {
    passed += amount;
    if (passed >= rank) return seconds;
  }
  return null;
};

const ageOf = (receivedAt: Instant, now: Instant): number => Math.max(0, millisecondsOf(now) - millisecondsOf(receivedAt)) / 1000;

/** How well permission is kept, in aggregates alone: no id of a person, a run or a record is in it. */
export const complianceOf = ({ versions, overall, pending, stream, renewals }: ComplianceFigures, now: Instant): Compliance => {
  const refusals = under('refused/', versions).toSorted(([, a], [, b]) => b - a);
  const permitted = sumOf(versions, 'basis/HIPAA_AUTHORIZATION');
  const refused = totalOf(refusals.filter(([reason]) => reason.startsWith('AUTH_')));
  const needed = permitted + refused;
  const durations = under('withdrawals/seconds/', [overall])
    .map(([seconds, amount]) => [Number(seconds), amount] as const)
    .toSorted(([a], [b]) => a - b);
  return {
    at: now,
    authorization: { permitted, refused, rate: needed === 0 ? null : Math.round((permitted / needed) * 10_000) / 10_000 },
    refusals: { total: totalOf(refusals), byReason: Object.fromEntries(refusals) },
    withdrawals: {
      completed: sumOf([overall], 'withdrawals/completed'),
      medianSeconds: quantile(durations, 0.5),
      longestSeconds: quantile(durations, 1),
      pending: pending.length,
      oldestPendingSeconds: Math.max(0, ...pending.map(({ receivedAt }) => ageOf(receivedAt, now))),
    },
    renewalsDue: renewals,
    commercialStream: { ...stream, rate: Math.round(stream.rate * 1_000_000) / 1_000_000 },
    followUps: { open: sumOf([overall], 'follow-ups/open'), opened: sumOf([overall], 'follow-ups/opened') },
  };
};
