import * as z from 'zod';
import { parseInstant } from '../consent/civil.ts';
import type { Standing } from '../contact/record.ts';
import { base32 } from '../digest.ts';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import { Instant, instantOf } from '../time.ts';

export const WithdrawalCause = z.enum(['revocation', 'suppression', 'complaint', 'bounce', 'restriction', 'death']);
export type WithdrawalCause = z.infer<typeof WithdrawalCause>;

const Run = z.object({ enrolment: EnrolmentId, journey: Name });

/**
 * Proof that a withdrawal of permission was honoured. Written with the change of the contact's record in one write, and
 * completed when every run that it touches has ended. No PHI: ids, codes, instants.
 */
export const Withdrawal = z.object({
  contact: ContactId,
  id: z.string(),
  /** When the wish came in; the clock of 48 hours starts here. */
  receivedAt: Instant,
  cause: WithdrawalCause,
  /** The consent, suppression, restriction, mail or death record that says so. */
  recordId: z.string(),
  /** Version of the contact's send gate from which on it holds: no send is reserved on this version or a later one against it. */
  consentVersion: z.int(),
  completedAt: Instant.optional(),
  /** From `receivedAt` to `completedAt`. */
  secondsTaken: z.number().optional(),
  /** Runs that it ended, each at the step where it stood. `reason` is the consent engine's code. */
  ended: z.array(Run.extend({ step: Name, reason: z.string(), at: Instant })).readonly(),
  /** Active runs that it does not touch. */
  kept: z.array(Run).readonly(),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

export type WithdrawalKey = Pick<Withdrawal, 'contact' | 'id' | 'receivedAt'>;

/** A fact of the record that may take a permission away. */
export type WithdrawnFact = Pick<Withdrawal, 'receivedAt' | 'cause' | 'recordId'>;

const first = Date.parse('0000-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

/** Every instant that the consent engine reads, an offset beyond the ends of the calendar included. */
const instantAt = (text: string): Instant => instantOf(Math.min(Math.max(Math.ceil(parseInstant(text)), first), last));

const fact = (cause: WithdrawalCause, recordId: string, at: string): WithdrawnFact =>
  ({ cause, recordId, receivedAt: instantAt(at) });

const revocations = ({ consents }: Standing): readonly WithdrawnFact[] =>
  consents.flatMap(({ id, revocation }) => (revocation === null ? [] : [fact('revocation', id, revocation.received_at)]));

const fromAddresses = ({ addresses }: Standing): readonly WithdrawnFact[] => addresses.flatMap(({ bounce, complaint }) => [
  ...(bounce?.kind === 'hard' ? [fact('bounce', bounce.id, bounce.at)] : []),
  ...(complaint === null ? [] : [fact('complaint', complaint.id, complaint.at)]),
]);

/** A restriction binds from when it was agreed to, a confidential communication from when it was asked for. */
const restrictions = ({ restrictions: agreed, confidential_communications: confidential }: Standing): readonly WithdrawnFact[] =>
  [...agreed.map((one) => [one.id, one['agreed_at']] as const), ...confidential.map((one) => [one.id, one['received_at']] as const)]
    .flatMap(([id, at]) => (typeof at === 'string' ? [fact('restriction', id, at)] : []));

const factsOf = (standing: Standing): readonly WithdrawnFact[] => [
  ...revocations(standing),
  ...standing.suppressions.map(({ id, received_at }) => fact('suppression', id, received_at)),
  ...fromAddresses(standing),
  ...restrictions(standing),
  ...(standing.deceased === null ? [] : [fact('death', standing.deceased.id, standing.deceased.recorded_at)]),
];

const nameOf = ({ cause, recordId }: WithdrawnFact): string => `${cause}#${recordId}`;

/** What a change of the record withdraws; whether it touches a run is for the consent engine to say. */
export const withdrawnBy = (before: Standing, after: Standing): readonly WithdrawnFact[] => {
  const known = new Set(factsOf(before).map(nameOf));
  return factsOf(after).filter((one) => !known.has(nameOf(one)));
};

/** The same fact is written once for each version of the gate, so the id is its own. */
export const openWithdrawal = async (contact: ContactId, one: WithdrawnFact, consentVersion: number): Promise<Withdrawal> => {
  const text = `${contact}|${nameOf(one)}|${consentVersion}`;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return { contact, id: `w_${base32(hash, 26)}`, ...one, consentVersion, ended: [], kept: [] };
};
