import { explain } from '../../core/audit/explain.ts';
import type { Explanation } from '../../core/audit/explain.ts';
import { Receipt } from '../../core/audit/receipt.ts';
import { wordsOfReason } from '../../core/audit/words.ts';
import type { Withdrawal } from '../../core/engine/withdrawal.ts';
import type { Instant } from '../../core/time.ts';
import { parseInstant } from '../../core/offset-instant.ts';
import type { Platform } from '../platform.ts';
import { citeOf } from '../report/reasons.ts';
import type { AuthorizationLife, LifeEntry } from '../report/report.ts';
import { ask } from './ask.ts';

type Timeline = { readonly entries: readonly { readonly journey: string; readonly send?: string }[] };

type Authorization = {
  readonly id: string;
  readonly type: string;
  readonly captured_at: Instant;
  readonly copy_given?: boolean;
  readonly capture?: { readonly source: string; readonly version: string };
  readonly revocation: { readonly received_at: Instant; readonly in_writing: boolean; readonly via?: string } | null;
};

const outcomeOf = ({ decision, sent }: Explanation): string => {
  if (decision === 'deny') return 'refused';
  return sent === true ? 'permitted and sent' : 'permitted';
};

const sendEntry = (explanation: Explanation): LifeEntry => {
  const { send, checkedAt, reason, relied, message, course } = explanation;
  return {
    at: parseInstant(checkedAt), what: `${message.step} ${outcomeOf(explanation)}`,
    why: reason.words, code: reason.code, cite: reason.cite, send,
    records: relied.map(({ id }) => id), receipts: course.map(({ receipt }) => receipt),
  };
};

const signedEntry = ({ id, captured_at: at, copy_given: copy, capture }: Authorization): LifeEntry => ({
  at, what: capture === undefined ? 'signed' : `signed on the page (${capture.version})`,
  why: `The signed form is kept as evidence${copy === true ? ', and this person has a copy' : ''}.`,
  code: '', cite: '45 CFR 164.508(c)(1)-(4)', records: [id], receipts: [],
});

const revokedEntry = ({ id, revocation }: Authorization, withdrawal: Withdrawal | undefined): readonly LifeEntry[] => {
  if (revocation === null) return [];
  const [stood] = withdrawal?.ended ?? [];
  return [{
    at: revocation.received_at, what: 'revoked',
    why: `Whoever signed may revoke at any time. It came${revocation.in_writing ? ' in writing' : ''}${stood === undefined ? '' : ` while the run waited at ${stood.step}`}.`,
    code: '', cite: '45 CFR 164.508(b)(5)', records: [id], receipts: [],
  }];
};

const namesOf = (runs: readonly { readonly journey: string }[]): string =>
  (runs.length === 0 ? 'nothing else was under way' : `${runs.map(({ journey }) => journey).join(', ')} goes on`);

/** The proof of a withdrawal: what it ended and left, and how long that took. */
const endedEntries = ({ id, ended, kept, secondsTaken }: Withdrawal): readonly LifeEntry[] => ended.map((run) => ({
  at: run.at, what: `${run.journey} ended`,
  why: `${wordsOfReason(run.reason)} Proof: ended at ${run.step}, ${secondsTaken ?? 'no'} virtual seconds after; ${namesOf(kept)}.`,
  code: run.reason, cite: citeOf(run.reason), records: [id], receipts: [],
}));

const explained = async (platform: Platform, send: string): Promise<readonly LifeEntry[]> => {
  const { receipts } = await ask<{ readonly receipts: readonly unknown[] }>(platform, 'GET', `/sends/${send}/receipt`);
  const explanation = explain(receipts.map((receipt) => Receipt.parse(receipt)));
  return explanation === undefined ? [] : [sendEntry(explanation)];
};

/** What became of one contact's authorizations and of a journey's messages that need one, all as the API answers it. */
export const readLife = async (platform: Platform, contact: string, journey: string): Promise<AuthorizationLife> => {
  const { entries } = await ask<Timeline>(platform, 'GET', `/contacts/${contact}/timeline`);
  const { records } = await ask<{ readonly records: readonly Authorization[] }>(platform, 'GET', `/contacts/${contact}/consents`);
  const { withdrawals } = await ask<{ readonly withdrawals: readonly Withdrawal[] }>(platform, 'GET', `/contacts/${contact}/withdrawals`);
  // A message that was put off stands in the timeline for each time.
  const sends = [...new Set(entries.flatMap((entry) => (entry.journey === journey && entry.send !== undefined ? [entry.send] : [])))];
  const authorizations = records.filter(({ type }) => type === 'hipaa_authorization');
  const told = [
    ...(await Promise.all(sends.map((send) => explained(platform, send)))).flat(),
    ...authorizations.flatMap((record) =>
      [signedEntry(record), ...revokedEntry(record, withdrawals.find(({ recordId }) => recordId === record.id))]),
    ...withdrawals.flatMap(endedEntries),
  ];
  // The sort is stable: at one instant the revocation stands before the end of the run.
  return { contact, entries: told.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))) };
};
