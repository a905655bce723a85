import { renewLink } from '../../lib/core/authorization/renew.ts';
import { fieldReader } from '../../lib/core/contact/fields.ts';
import type { ContactStore, OpenContact } from '../../lib/core/contact/store.ts';
import { pruneRecent } from '../../lib/core/contact/store.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { arrive } from '../../lib/core/engine/arrive.ts';
import { goOnOrEnd } from '../../lib/core/engine/end-run.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Attempt } from '../../lib/core/engine/decided.ts';
import { decidedRecord, heldOut } from '../../lib/core/engine/decided.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { readVisit } from '../../lib/core/engine/enrolment.ts';
import { waitingWith } from '../../lib/core/engine/contest.ts';
import { followUpFor } from '../../lib/core/engine/follow-up.ts';
import { judgeSend } from '../../lib/core/engine/judge.ts';
import { isCommercial } from '../../lib/core/engine/message.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { PutOff, SendRecord, SendRefusal } from '../../lib/core/engine/send.ts';
import { sendName } from '../../lib/core/engine/send.ts';
import { attributeReader } from '../../lib/core/event/attributes.ts';
import type { PageLink } from '../../lib/core/link/page-token.ts';
import { stopLinkOf } from '../../lib/core/link/stop.ts';
import type { StopLink } from '../../lib/core/link/stop.ts';
import { withImage } from '../../lib/core/link/open-token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import { Phi } from '../../lib/core/phi.ts';
import type { EnrolmentStore, RunFact, RunFacts } from '../../lib/core/engine/enrolment-store.ts';
import type { Handed, Mail, SendLedger } from '../../lib/core/engine/send-store.ts';
import type { Clock, CommercialStream, FollowUpStore, PublishedVersion, VersionReader } from '../../lib/core/ports.ts';
import type { Template } from '../../lib/core/template/template.ts';
import { renderMessage } from '../../lib/core/template/render.ts';
import type { Rendered } from '../../lib/core/template/render.ts';
import type { Variant } from '../../lib/core/template/variants.ts';
import { readsRun } from '../../lib/core/template/uses.ts';
import { languageOfContact, variantFor } from '../../lib/core/template/variants.ts';
import type { Instant } from '../../lib/core/time.ts';

export type SendPorts = {
  readonly enrolments: EnrolmentStore;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  /** What the event told that began the run, or moved it. */
  readonly runFacts: Pick<RunFacts, 'of'>;
  readonly ledger: SendLedger;
  readonly followUps: Pick<FollowUpStore, 'open'>;
  readonly mailer: { readonly hand: (mail: Mail) => Promise<Handed> };
  /** URLs of a send's named links, and of its unsubscribe page. */
  readonly linksOf: (send: TaskInput, names: readonly string[], stop: StopLink | undefined) => Promise<Readonly<Record<string, string>>>;
  /** URL of the page where an authorization is signed. */
  readonly authorizationUrl: (link: PageLink) => Promise<string>;
  readonly stream: CommercialStream;
  /** Where the image is fetched that tells that the mail was opened. */
  readonly imageUrlOf: (send: TaskInput) => Promise<string>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** How often consent may move on between reading and reserving before the burst is left to try again later. */
const readings = 3;

/** Thrown where the mail service is too busy; the state machine's Retry waits and calls again. */
class Throttled extends Error {
  override readonly name = 'Throttled';
}

type Trying = Omit<Attempt, 'consentVersion' | 'variant'>;

type Permitted = {
  readonly kind: 'permitted'; readonly record: SendRecord; readonly opened: OpenContact; readonly to: Phi<string>;
  /** The template in the contact's language. */
  readonly variant: Variant;
  readonly fact: RunFact | undefined;
};

type Judged =
  | { readonly kind: 'refused'; readonly record: SendRecord }
  | { readonly kind: 'later'; readonly at: Instant; readonly opened: OpenContact; readonly record: SendRecord }
  | Permitted;

const judge = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, { template, putOff }: Trying): Promise<Judged> => {
  const named = version.templates[template];
  if (named === undefined) throw new SendwellError('template.unknown', { journey: input.journey, template });
  const fact = version.plan.triggers !== undefined && readsRun(named) ? await ports.runFacts.of(input) : undefined;
  const opened = await ports.contacts.open(input.contact, fact === undefined ? [] : [{ field: fact.event, bytes: fact.sealed }]);
  if (opened === undefined) throw new SendwellError('contact.unknown', { contact: input.contact });
  const contact = opened.record.open();
  const send = sendName(input);
  const variant = variantFor(named, languageOfContact(contact));
  const judgement = judgeSend({
    plan: version.plan, organisation: ports.organisation, contact: input.contact, record: contact, send,
    recent: opened.gate.recent.filter((one) => one.send !== send), waiting: opened.gate.waiting, now: ports.clock.now(),
    complaintRate: isCommercial(version.plan) ? (await ports.stream.figures()).rate : 0,
  });
  const record = await decidedRecord(input, version, { template, variant: variant.name, putOff, consentVersion: opened.gate.version }, judgement);
  if (judgement.kind === 'later') return { kind: 'later', at: judgement.at, opened, record };
  if (judgement.kind === 'refused') return { kind: 'refused', record };
  const to = contact.destinations[judgement.to] ?? '';
  return { kind: 'permitted', opened, to: opened.record.map(() => to), record, variant, fact };
};

/** The link to sign anew what ends soon, for a template that has one. Where nothing ends the value is missing. */
const renewing = async (ports: SendPorts, input: TaskInput, { text, html }: Template, { record }: OpenContact): Promise<Readonly<Record<string, string>>> => {
  if (!`${text}${html}`.includes('links.renew')) return {};
  const link = await renewLink(record.open(), input, input.journey, ports.organisation, ports.clock.now());
  return link === undefined ? {} : { renew: await ports.authorizationUrl(link) };
};

const render = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, { opened, variant, fact }: Permitted) => {
  const { template } = variant;
  const links = { ...await ports.linksOf(input, Object.keys(template.links), stopLinkOf(version.plan)), ...await renewing(ports, input, template, opened) };
  const content = renderMessage(template, {
    contact: opened.record.map((record) => fieldReader(record, ports.clock.now())),
    run: new Phi(attributeReader(fact === undefined ? undefined : opened.sealed.get(fact.event))),
    zone: opened.record.open().standing.time_zone ?? undefined,
    links, sender: version.plan.sender, organisation: ports.organisation,
  });
  const image = version.plan.opens === true ? await ports.imageUrlOf(input) : undefined;
  return { content: image === undefined ? content : content.map((mail) => ({ ...mail, html: withImage(mail.html, image) })), unsubscribe: links['unsubscribe'] };
};

/** A value that the contact lacks is a refusal with a reason, never an empty gap in the text. */
const orMissing = async <T>(rendering: Promise<T>): Promise<T | SendwellError> => {
  try {
    return await rendering;
  } catch (error) {
    if (error instanceof SendwellError && (error.code === 'template.failed' || error.code === 'template.value-missing')) return error;
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

/**
 * Parks the enrolment at this step, the deferral and its claim to the next place on record first; undefined where consent
 * moved on. A send that was decided before goes on instead.
 */
const defer = async (
  ports: SendPorts, input: TaskInput, version: PublishedVersion, { opened: { gate }, record, at: until }: Extract<Judged, { kind: 'later' }>,
): Promise<Outcome | undefined> => {
  const [first] = record.putOff ?? [];
  const claim = { send: sendName(input), priority: version.plan.priority, since: first?.at ?? record.decidedAt, until, putOffs: record.putOff?.length ?? 1 };
  const reservation = await ports.ledger.reserve(record, { ...gate, waiting: waitingWith(gate.waiting ?? [], claim.send, record.decidedAt, claim) });
  if (reservation.kind === 'consent-moved') return undefined;
  if (reservation.kind === 'decided-before' && reservation.record.status !== 'DEFERRED') return settled(ports, input, version, reservation.record);
  await ports.enrolments.defer(input, input.seq, input.step, until);
  throw new BurstOver();
};

/** Reserves and sends once; undefined where consent moved on after it was read. */
const attempt = async (ports: SendPorts, input: TaskInput, version: PublishedVersion, trying: Trying): Promise<Outcome | undefined> => {
  const judged = await judge(ports, input, version, trying);
  if (judged.kind === 'later') return defer(ports, input, version, judged);
  if (judged.kind === 'refused') return settled(ports, input, version, await ports.ledger.refuse(judged.record));
  const { opened, record, to } = judged;
  const rendered: { content: Phi<Rendered>; unsubscribe: string | undefined } | SendwellError =
    await orMissing(render(ports, input, version, judged));
  if (rendered instanceof SendwellError) {
    const reason: SendRefusal = 'TEMPLATE_VALUE_MISSING';
    const missing: SendRecord = { ...record, status: 'REFUSED', reason, basis: [], evidence: [], evidenceHashes: {} };
    const outcome = await settled(ports, input, version, await ports.ledger.refuse(missing));
    // The author wants somebody to look: the refusal is kept, and the run ends as failed.
    if (rendered.code === 'template.value-missing') throw rendered;
    return outcome;
  }
  const entry = { at: record.decidedAt, channel: 'email' as const, commercial: isCommercial(version.plan), send: sendName(input) };
  const recent = [...pruneRecent(opened.gate.recent, record.decidedAt).filter(({ send }) => send !== entry.send), entry];
  const { version: consentVersion, waiting } = opened.gate;
  const reservation = await ports.ledger.reserve(record, {
    version: consentVersion, recent, waiting: waiting === undefined ? undefined : waitingWith(waiting, entry.send, record.decidedAt),
  });
  if (reservation.kind === 'consent-moved') return undefined;
  if (reservation.kind === 'decided-before') return settled(ports, input, version, reservation.record);
  return hand(ports, input, version, record, {
    to, sender: version.plan.sender, content: rendered.content, unsubscribe: rendered.unsubscribe,
    unsubscribeMailbox: ports.organisation.unsubscribeMailbox, send: input,
  });
};

/** The deferrals of a send that an earlier burst tried; one that is tried for the first time costs no read. */
const putOffsOf = async ({ ledger }: SendPorts, input: TaskInput, row: Enrolment, began: Instant): Promise<readonly PutOff[]> => {
  const visit = row.visited[input.step];
  if (visit === undefined || readVisit(visit).at >= began) return [];
  return (await ledger.find(input))?.putOff ?? [];
};

/**
 * Sends one message, or keeps why not. Status, consent, decryption, rendering, reservation and SES happen in this one
 * call; the reservation holds only if consent has not changed since it was read, so there is no gap between check and
 * use. A message that may not leave yet (quiet hours, frequency cap, another that goes first) parks the enrolment at this
 * step, and each deferral is kept as a decision. A contact who is held out of the journey gets nothing, and nothing of the contact is read.
 */
export const sendMessage = (ports: SendPorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    const version = await ports.versions.get(input.journey, input.version);
    const step = stepOf(version.plan, input.step);
    if (step.kind !== 'send') throw new SendwellError('journey.unknown', { journey: input.journey, step: input.step });
    const began = ports.clock.now();
    const row = await arrive(ports, version.plan, input);
    if (row.status !== 'RUNNING') throw new BurstOver();
    if (row.group === 'holdout') {
      await ports.ledger.refuse(heldOut(input, version, step.template, began));
      return goOnOrEnd(ports, version.plan, input, 'refused');
    }
    const putOff = await putOffsOf(ports, input, row, began);
    for (let reading = 0; reading < readings; reading += 1) {
      const outcome = await attempt(ports, input, version, { template: step.template, putOff });
      if (outcome !== undefined) return goOnOrEnd(ports, version.plan, input, outcome);
    }
    throw new SendwellError('contact.changed', { contact: input.contact });
  });
