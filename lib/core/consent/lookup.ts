import type { DenyCode } from './codes.ts';
import type { Facts } from './derive.ts';
import { occurred } from './when.ts';
import type { ConsentRecord } from './records.ts';
import { parseInstant } from './civil.ts';
import type { Check, Denial } from './rule.ts';

/** The record that carries the message, or why none does. */
export type Lookup<R> = { readonly record: R } | { readonly denial: Denial };

type RecordOf<T extends ConsentRecord['type']> = Extract<ConsentRecord, { type: T }>;

/** Later first; at the same instant the greater id, by code unit, so the order of the input never matters. */
export const newestFirst = <R extends { readonly id: string }>(records: readonly R[], at: (record: R) => string): R[] =>
  records.toSorted((a, b) => parseInstant(at(b)) - parseInstant(at(a)) || (a.id < b.id ? 1 : -1));

/** The records of a type that had been captured by the instant of the decision, newest first. */
export const candidates = <T extends ConsentRecord['type']>(
  { contact, now }: Facts,
  type: T,
  fits: (record: RecordOf<T>) => boolean = () => true,
): RecordOf<T>[] => {
  const isOfType = (record: ConsentRecord): record is RecordOf<T> => record.type === type;
  const known = contact.consents.filter(isOfType).filter((record) => occurred(now, record.captured_at) && fits(record));
  return known.length > 1 ? newestFirst(known, (record) => record.captured_at) : known;
};

/** Whether a revocation was received by now in a form that counts; the policy may ask for writing. */
export const isRevoked = ({ revocation }: ConsentRecord, { now, policy }: Facts): boolean =>
  revocation !== null &&
  occurred(now, revocation.received_at) &&
  (revocation.in_writing || policy.honor_any_revocation);

/**
 * True when a revocation of this record counts or, with `revocation_sweeps`, one of another form of the same type that
 * shares a purpose and was received no earlier than this form was captured. A form signed after that stands.
 */
export const isSwept = (record: RecordOf<'hipaa_authorization' | 'part2_consent'>, facts: Facts): boolean =>
  isRevoked(record, facts) ||
  (facts.policy.revocation_sweeps &&
    facts.contact.consents.some(
      (other) =>
        other !== record &&
        other.type === record.type &&
        other.purposes.some((purpose) => record.purposes.includes(purpose)) &&
        other.revocation !== null &&
        isRevoked(other, facts) &&
        parseInstant(other.revocation.received_at) >= parseInstant(record.captured_at),
    ));

/**
 * The newest record that passes every check. If none does, the first check that the newest record fails is the reason
 * and that record the evidence; without any record the reason is `missing`.
 */
export const lookUp = <R extends ConsentRecord>(
  records: readonly R[],
  missing: DenyCode,
  checks: readonly Check<R>[],
  facts: Facts,
): Lookup<R> => {
  const [newest] = records;
  if (newest === undefined) return { denial: { reason: missing, evidence: [] } };
  const failed = (record: R) => checks.find((check) => check.fails(record, facts));
  const record = records.find((one) => failed(one) === undefined);
  return record === undefined
    ? { denial: { reason: failed(newest)?.code ?? missing, evidence: [newest.id] } }
    : { record };
};

export const denialOf = <R>(lookup: Lookup<R> | null): Denial | null =>
  lookup !== null && 'denial' in lookup ? lookup.denial : null;

export const covers = (held: readonly string[], needed: readonly string[]): boolean =>
  needed.every((one) => held.includes(one));
