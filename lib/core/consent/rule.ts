import type { DenyCode } from './codes.ts';
import type { EpochMs } from './civil.ts';
import type { Facts } from './derive.ts';

/** Whether a rule is law, a default of the policy, or law that the policy makes stricter. */
export type Kind = 'law' | 'policy' | 'both';

/** Why a message may not leave: the code, and the ids of the records that caused it; none if an absence did. */
export type Denial = {
  readonly reason: DenyCode;
  readonly evidence: readonly string[];
  /** First instant at which this rule alone would let the message pass. */
  readonly retryAt?: EpochMs;
};

/** One row of the table. `when` tells whether it denies; `evidence` is asked only then. */
export type Rule = {
  readonly code: DenyCode;
  readonly kind: Kind;
  readonly cite: string;
  readonly when: (facts: Facts) => boolean;
  readonly evidence?: (facts: Facts) => readonly string[];
  readonly retryAt?: (facts: Facts) => EpochMs | null;
};

/** One check of a consent record; it fails when the record does not carry the message. */
export type Check<R> = {
  readonly code: DenyCode;
  readonly kind: Kind;
  readonly cite: string;
  readonly fails: (record: R, facts: Facts) => boolean;
};

/** A row that is a table of its own: which of its codes applies depends on the records. */
export type RuleGroup = {
  readonly code: `${string}*`;
  readonly kind: Kind;
  readonly cite: string;
  readonly codes: readonly { readonly code: DenyCode; readonly kind: Kind; readonly cite: string }[];
  readonly find: (facts: Facts) => Denial | null;
};

export type Row = Rule | RuleGroup;

export const isGroup = (row: Row): row is RuleGroup => 'find' in row;

/** What a row says of a message; null when it has nothing against it. */
export const applyRow = (row: Row, facts: Facts): Denial | null => {
  if (isGroup(row)) return row.find(facts);
  if (!row.when(facts)) return null;
  const retryAt = row.retryAt?.(facts) ?? null;
  return { reason: row.code, evidence: row.evidence?.(facts) ?? [], ...(retryAt === null ? {} : { retryAt }) };
};
