import type { Decision } from '../consent/decide.ts';
import { messageClassOf } from '../consent/message-class.ts';
import { sha256 } from '../digest.ts';
import type { PublishedVersion } from '../ports.ts';
import type { Instant } from '../time.ts';
import type { Judgement, JudgedOn } from './judge.ts';
import { isCommercial } from './message.ts';
import type { TaskInput } from './payload.ts';
import { putOffsKept, unread } from './send.ts';
import type { PutOff, SendRecord } from './send.ts';

/**
 * What is tried: the template, by its name and by that of its variant in the contact's language, the version of consent
 * that was read, and the deferrals that came before.
 */
export type Attempt = { readonly template: string; readonly variant: string; readonly consentVersion: number; readonly putOff: readonly PutOff[] };

type Draft = Omit<SendRecord, 'status' | 'reason' | 'basis' | 'evidence' | 'evidenceHashes'>;

/** Hashes of what consent records name as their evidence, by the id of the record. */
const evidenceHashesOf = async ({ consents }: JudgedOn['contact'], evidence: readonly string[]) =>
  Object.fromEntries(await Promise.all(consents
    .filter(({ id }) => evidence.includes(id))
    .map(async ({ id, evidence_ref: reference }) => [id, await sha256(String(reference))] as const)));

const draft = async (
  input: TaskInput, version: PublishedVersion, { template, variant, consentVersion, putOff }: Attempt, on: JudgedOn, decision: Decision,
): Promise<Draft> => ({
  contact: input.contact, enrolment: input.enrolment, journey: input.journey, version: input.version, versionHash: version.hash,
  step: input.step, leg: input.leg, template, templateHash: version.templateHashes[variant] ?? '',
  purpose: version.plan.message.purpose, messageClass: messageClassOf(on.contact, on.message, on.now, on.policy),
  consentVersion, decidedAt: on.now,
  digests: {
    table: decision.digests.table, policy: decision.digests.policy ?? 'unreadable',
    input: await sha256(JSON.stringify([on.contact, on.message, on.now])),
  },
  ...(isCommercial(version.plan) ? { commercial: true as const } : {}),
  ...(putOff.length === 0 ? {} : { putOff: [...putOff] }),
});

const nothing = { basis: [], evidence: [], evidenceHashes: {} };

/** A denial that time mends, as the deferral of this burst. */
export const deferred = (base: Draft, input: TaskInput, reason: SendRecord['reason'], until: Instant): SendRecord => ({
  ...base, ...nothing, status: 'DEFERRED', reason, burst: input.seq,
  putOff: [...base.putOff ?? [], { at: base.decidedAt, reason, until }].slice(-putOffsKept),
});

/** A send to a contact who is held out of the journey: refused before anything of the contact is read. */
export const heldOut = (input: TaskInput, version: PublishedVersion, template: string, now: Instant): SendRecord => ({
  contact: input.contact, enrolment: input.enrolment, journey: input.journey, version: input.version, versionHash: version.hash,
  step: input.step, leg: input.leg, template, templateHash: version.templateHashes[template] ?? '',
  purpose: version.plan.message.purpose, messageClass: null, consentVersion: unread, decidedAt: now, digests: {},
  ...nothing, status: 'REFUSED', reason: 'HOLDOUT',
});

/** The decision record of a judgement: what was decided, why, and by which editions of everything it read. */
export const decidedRecord = async (
  input: TaskInput, version: PublishedVersion, attempt: Attempt, judgement: Judgement,
): Promise<SendRecord> => {
  const { on, decision } = judgement;
  const base = await draft(input, version, attempt, on, decision);
  if (judgement.kind === 'later') return deferred(base, input, judgement.reason, judgement.at);
  if (judgement.kind === 'refused' && judgement.reason === 'ADDRESS_MISSING') {
    return { ...base, ...nothing, status: 'REFUSED', reason: judgement.reason };
  }
  const relied = { evidence: [...decision.evidence], evidenceHashes: await evidenceHashesOf(on.contact, decision.evidence) };
  return judgement.kind === 'refused'
    ? { ...base, status: 'REFUSED', reason: judgement.reason, basis: [], ...relied }
    : { ...base, status: 'PENDING', reason: decision.reason, basis: [...decision.basis], ...relied };
};
