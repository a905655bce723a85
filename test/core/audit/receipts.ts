import { link, origin } from '../../../lib/core/audit/chain.ts';
import type { Head } from '../../../lib/core/audit/chain.ts';
import type { Draft, Receipt } from '../../../lib/core/audit/receipt.ts';
import type { SendRecord } from '../../../lib/core/engine/send.ts';
import type { Instant } from '../../../lib/core/time.ts';

export const at = '2026-11-02T14:00:00.000Z' as Instant;

export const record = (change: Partial<SendRecord> = {}): SendRecord => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: 'checkup', version: 1,
  versionHash: 'aa', step: 'invite', leg: 0, status: 'SENT', template: 'invitation', templateHash: 'bb',
  purpose: 'marketing', messageClass: 'marketing', reason: 'PERMIT_AUTHORIZED', basis: ['HIPAA_AUTHORIZATION'],
  evidence: ['auth-1'], evidenceHashes: { 'auth-1': 'cc' }, consentVersion: 3, decidedAt: at,
  digests: { table: 'dd', policy: 'ee', input: 'ff' }, messageId: 'm-1', ...change,
});

export const draft = (change: Partial<Draft> = {}): Draft => {
  const { status: _, ...rest } = record();
  return { format: 1, outcome: 'SENT', at, decision: 'permit', ...rest, ...change };
};

/** A chain over several days, with so many receipts on each. */
export const chainOf = async (counts: readonly number[], from: Head = origin): Promise<readonly Receipt[]> => {
  const chain: Receipt[] = [];
  for (const [day, count] of counts.entries()) {
    const now = `2026-11-${String(day + 2).padStart(2, '0')}T14:00:00.000Z` as Instant;
    const drafts = Array.from({ length: count }, (_, index) => draft({ leg: index, step: `step-${day}` }));
    chain.push(...await link(chain.at(-1) ?? from, drafts, now));
  }
  return chain;
};
