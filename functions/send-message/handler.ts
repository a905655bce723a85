import type { Decision } from '../../lib/core/consent/decide.ts';
import { messageClassOf } from '../../lib/core/consent/message-class.ts';
import { fieldReader } from '../../lib/core/contact/fields.ts';
import type { ContactStore, OpenContact } from '../../lib/core/contact/store.ts';
import { pruneRecent } from '../../lib/core/contact/store.ts';
import { sha256 } from '../../lib/core/digest.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive, goOn } from '../../lib/core/engine/arrive.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import { followUpFor } from '../../lib/core/engine/follow-up.ts';
import type { JudgedOn } from '../../lib/core/engine/judge.ts';
import { judgeSend } from '../../lib/core/engine/judge.ts';
import { isCommercial } from '../../lib/core/engine/message.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { SendRecord, SendRefusal } from '../../lib/core/engine/send.ts';
import { sendName } from '../../lib/core/engine/send.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Phi } from '../../lib/core/phi.ts';
import type { Clock, EnrolmentStore, FollowUpStore, Handed, Mail, PublishedVersion, SendLedger, VersionReader } from '../../lib/core/ports.ts';
import { renderMessage } from '../../lib/core/template/render.ts';
import type { Rendered } from '../../lib/core/template/render.ts';
import type { Instant } from '../../lib/core/time.ts';

export type SendPorts = {
  readonly enrolments: EnrolmentStore;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  readonly ledger: SendLedger;
  readonly followUps: Pick<FollowUpStore, 'open'>;
  readonly mailer: { readonly hand: (mail: Mail) => Promise<Handed> };
  /** URLs of a send's named links, and of its unsubscribe page. */
  readonly linksOf: (send: TaskInput, names: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** How often consent may move on between reading and reserving before the burst is left to try again later. */
const readings = 3;

/** Thrown where the mail service is too busy; the state machine's Retry waits and calls again. */
class Throttled extends Error {
  override readonly name = 'Throttled';
}

type Draft = Omit<SendRecord, 'status' | 'reason' | 'basis' | 'evidence' | 'evidenceHashes'>;

/** Hashes of what consent records name as their evidence, by the id of the record. */
const evidenceHashesOf = async ({ consents }: JudgedOn['contact'], evidence: readonly string[]) =>
  Object.fromEntries(await Promise.all(consents
    .filter(({ id }) => evidence.includes(id))
    .map(async ({ id, evidence_ref: reference }) => [id, await sha256(String(reference))] as const)));

const draft = async (
  input: TaskInput, version: PublishedVersion, template: string, consentVersion: number, on: JudgedOn, decision: Decision,
): Promise<Draft> => ({
  contact: input.contact, enrolment: input.enrolment, journey: input.journey, version: input.version, versionHash: version.hash,
  step: input.step, leg: input.leg, template, templateHash: version.templateHashes[template] ?? '',
  purpose: version.plan.message.purpose, messageClass: messageClassOf(on.contact, on.message, on.now, on.policy),
  consentVersion, decidedAt: on.now,
  digests: {
    table: decision.digests.table, policy: decision.digests.policy ?? 'unreadable',
    input: await sha256(JSON.stringify([on.contact, on.message, on.now])),
  },
});

type Judged =
  | { readonly kind: 'refused'; readonly record: SendRecord }
  | { readonly kind: 'later'; readonly at: Instant }
  | { readonly kind: 'permitted'; readonly record: SendRecord; readonly opened: OpenContact; readonly to: Phi<string> };

const judge = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, template: string): Promise<Judged> => {
  const opened = await ports.contacts.open(input.contact);
  if (opened === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  const record = opened.record.open();
  const send = sendName(input);
  const judgement = judgeSend({
    plan: version.plan, organisation: ports.organisation, contact: input.contact, record, send,
    recent: opened.gate.recent.filter((one) => one.send !== send), now: ports.clock.now(),
  });
  if (judgement.kind === 'later') return { kind: 'later', at: judgement.at };
  const { on, decision } = judgement;
  const base = await draft(input, version, template, opened.gate.version, on, decision);
  if (judgement.kind === 'refused' && judgement.reason === 'ADDRESS_MISSING') {
    return { kind: 'refused', record: { ...base, status: 'REFUSED', reason: judgement.reason, basis: [], evidence: [], evidenceHashes: {} } };
  }
  const relied = { evidence: [...decision.evidence], evidenceHashes: await evidenceHashesOf(on.contact, decision.evidence) };
  if (judgement.kind === 'refused') return { kind: 'refused', record: { ...base, status: 'REFUSED', reason: judgement.reason, basis: [], ...relied } };
  const to = record.destinations[judgement.to] ?? '';
  return {
    kind: 'permitted', opened, to: opened.record.map(() => to),
    record: { ...base, status: 'PENDING', reason: decision.reason, basis: [...decision.basis], ...relied },
  };
};

const render = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, name: string, opened: OpenContact) => {
  const template = version.templates[name];
  if (template === undefined) throw new SendwellError('template.unknown', { journey: input.journey, template: name });
  const commercial = isCommercial(version.plan);
  const links = await ports.linksOf(input, [...Object.keys(template.links), ...(commercial ? ['unsubscribe'] : [])]);
  const content = renderMessage(template, {
    contact: opened.record.map((record) => fieldReader(record, ports.clock.now())),
    links, sender: version.plan.sender, organisation: ports.organisation,
  });
  return { content, unsubscribe: commercial ? links['unsubscribe'] : undefined };
};

/** A value that the contact lacks is a refusal with a reason, never an empty gap in the text. */
const orMissing = async <T>(rendering: Promise<T>): Promise<T | undefined> => {
  try {
    return await rendering;
  } catch (error) {
    if (error instanceof SendwellError && error.code === 'template.failed') return undefined;
    throw error;
  }
};

type Outcome = 'sent' | 'refused' | 'unknown';

/**
 * A message of care that is not sent leaves a task behind. The instant is that of the decision on record, so a burst
 * that is repeated opens the same task.
 */
const refuse = async (ports: SendPorts, { plan }: PublishedVersion, record: SendRecord): Promise<Outcome> => {
  const task = followUpFor(plan, { ...record, at: record.decidedAt });
  if (task !== undefined) await ports.followUps.open(task);
  return 'refused';
};

const hand = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, record: SendRecord, mail: Mail): Promise<Outcome> => {
  const handed = await ports.mailer.hand(mail);
  if (handed.kind === 'taken') {
    await ports.ledger.confirm(input, handed.messageId, ports.clock.now());
    return 'sent';
  }
  if (handed.kind === 'unknown') {
    await ports.ledger.lose(input);
    return 'unknown';
  }
  if (!handed.throttled) {
    await ports.ledger.reject(input);
    return refuse(ports, version, { ...record, reason: 'MAIL_REJECTED' });
  }
  await ports.ledger.release(input);
  throw new Throttled('Throttled');
};

/** What came of a send that an earlier burst decided. */
const settled = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, record: SendRecord): Promise<Outcome> => {
  const { status } = record;
  if (status === 'SENT') return 'sent';
  if (status === 'REFUSED') return refuse(ports, version, record);
  // Reserved, and whoever reserved it did not live to confirm it: nobody can say whether the mail left.
  if (status === 'PENDING') await ports.ledger.lose(input);
  return 'unknown';
};

/** Reserves and sends once; undefined where consent moved on after it was read. */
const attempt = async (
  ports: SendPorts, input: TaskInput, version: PublishedVersion, template: string,
): Promise<Outcome | undefined> => {
  const judged = await judge(ports, input, version, template);
  if (judged.kind === 'later') {
    await ports.enrolments.defer(input, input.seq, input.step, judged.at);
    throw new BurstOver();
  }
  if (judged.kind === 'refused') return settled(ports, input, version, await ports.ledger.refuse(judged.record));
  const { opened, record, to } = judged;
  const rendered: { content: Phi<Rendered>; unsubscribe: string | undefined } | undefined =
    await orMissing(render(ports, input, version, template, opened));
  if (rendered === undefined) {
    const reason: SendRefusal = 'TEMPLATE_VALUE_MISSING';
    const missing: SendRecord = { ...record, status: 'REFUSED', reason, basis: [], evidence: [], evidenceHashes: {} };
    return settled(ports, input, version, await ports.ledger.refuse(missing));
  }
  const entry = { at: record.decidedAt, channel: 'email' as const, commercial: isCommercial(version.plan), send: sendName(input) };
  const recent = [...pruneRecent(opened.gate.recent, record.decidedAt).filter(({ send }) => send !== entry.send), entry];
  const reservation = await ports.ledger.reserve(record, { version: opened.gate.version, recent });
  if (reservation.kind === 'consent-moved') return undefined;
  if (reservation.kind === 'decided-before') return settled(ports, input, version, reservation.record);
  return hand(ports, input, version, record, {
    to, sender: version.plan.sender, content: rendered.content, unsubscribe: rendered.unsubscribe,
    unsubscribeMailbox: ports.organisation.unsubscribeMailbox, send: input,
  });
};

/**
 * Sends one message, or keeps why not. Status, consent, decryption, rendering, reservation and SES happen in this one
 * call; the reservation holds only if consent has not changed since it was read, so there is no gap between check and
 * use. A message that may not leave yet (quiet hours, frequency cap) parks the enrolment at this step.
 */
export const sendMessage = (ports: SendPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const version = await ports.versions.get(input.journey, input.version);
    const step = stepOf(version.plan, input.step);
    if (step.kind !== 'send') throw new SendwellError('journey.unknown', { journey: input.journey, step: input.step });
    const row = await arrive(ports, version.plan, input);
    if (row.status !== 'RUNNING') throw new BurstOver();
    for (let reading = 0; reading < readings; reading += 1) {
      const outcome = await attempt(ports, input, version, step.template);
      if (outcome !== undefined) return goOn(input, { outcome });
    }
    throw new SendwellError('contact.changed', { contact: input.contact });
  });
