import { origin } from '../../../lib/core/audit/chain.ts';
import { referenceOf } from '../../../lib/core/audit/receipt.ts';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import type { SendRecord } from '../../../lib/core/engine/send.ts';
import type { Withdrawal } from '../../../lib/core/engine/withdrawal.ts';
import type { Instant } from '../../../lib/core/time.ts';
import type { Evidence } from '../../../lib/local/demo/checks.ts';
import type { Mail } from '../../../lib/local/engines/mail.ts';
import type { JourneyCounts } from '../../../lib/local/report/report.ts';

const at = '2026-11-02T14:00:00.000Z' as Instant;
const contact = 'c_00000000000000000000000001';
const enrolment = 'e_00000000000000000000000001';

export const row: Enrolment = {
  contact, enrolment, journey: 'welcome', version: 1, status: 'COMPLETED', step: 'done', seq: 1, leg: 0, nextLeg: 0, legSeq: 0,
  resumeStep: 'greet', resumeOutcome: 'none', visited: { greet: `0/1/${at}`, done: `0/1/${at}` }, labels: {}, enteredAt: at,
  endedAt: at, ended: 'completed',
};

export const send: SendRecord = {
  contact, enrolment, journey: 'welcome', version: 1, step: 'greet', leg: 0, status: 'SENT', template: 'greeting',
  versionHash: 'bb', purpose: 'own_service_info', messageClass: 'operations', evidenceHashes: {},
  templateHash: 'aa', reason: 'PERMIT_OPERATIONS', basis: ['HIPAA_OPERATIONS'], evidence: [], consentVersion: 1, decidedAt: at,
  digests: {}, messageId: 'm-1', confirmedAt: at,
};

export const mail: Mail = {
  messageId: 'm-1', sentAt: at, from: 'a@example.test', to: ['b@example.test'], replyTo: [], subject: 'Hello', text: '', html: '',
  headers: {}, tags: { contact, enrolment, step: 'greet', leg: '0' }, configurationSet: 'mail', outcome: 'deliver',
};

export const counts: JourneyCounts = {
  journey: 'welcome', version: 1, title: 'Welcome', entered: 1, active: 0, completed: 1, exited: 0, failed: 0,
  sends: { sent: 1, pending: 0, unknown: 0, refused: 0, delivered: 1, bounced: 0 }, refusedBy: {},
  steps: [
    { step: 'greet', kind: 'send', activeNow: 0, everProcessed: 1, sent: 1, refused: 0 },
    { step: 'done', kind: 'end', activeNow: 0, everProcessed: 1 },
  ],
};

export const withdrawal: Withdrawal = {
  contact, id: 'w_1', receivedAt: at, cause: 'revocation', recordId: 'a-1', consentVersion: 2, completedAt: at, secondsTaken: 0,
  ended: [], kept: [],
};

/** A run of one contact who got one mail. */
export const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  journeys: [counts], rows: { enrolments: [row], sends: [send], withdrawals: [withdrawal] }, mails: [mail], overdue: 0,
  receipts: { verdict: { whole: true, count: 1, end: origin }, sends: new Set([referenceOf(send)]) }, texts: ['{"step":"greet"}'],
  values: ['b@example.test'], ...change,
});
