import type { DenyCode } from '../consent/codes.ts';
import type { Decision } from '../consent/decide.ts';
import { decide } from '../consent/decide.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { RecentSend, WaitingSend } from '../contact/store.ts';
import type { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { Organisation } from '../organisation.ts';
import type { Instant } from '../time.ts';
import { parseInstant } from '../offset-instant.ts';
import { yieldsUntil } from './contest.ts';
import { addressOf, contactFor, isCommercial, messageFor, policyFor } from './message.ts';
import type { SendDeferral, SendRefusal } from './send.ts';

/** What a send is judged by. */
export type Asked = {
  readonly plan: Plan;
  readonly organisation: Organisation;
  readonly contact: ContactId;
  readonly record: ContactRecord;
  /** Sends already made, without an earlier try of this very one. */
  readonly recent: readonly RecentSend[];
  /** Name of the send. */
  readonly send: string;
  readonly now: Instant;
  /** Messages of the contact that wait, this one among them where it was put off. None: nothing competes. */
  readonly waiting?: readonly WaitingSend[] | undefined;
  /** Of the commercial stream, 0 to 1; plays no part for other mail. */
  readonly complaintRate: number;
};

/** The very arguments of the decision. */
export type JudgedOn = {
  readonly contact: ReturnType<typeof contactFor>;
  readonly message: ReturnType<typeof messageFor>;
  readonly now: Instant;
  readonly policy: ReturnType<typeof policyFor>;
};

/** `later`: hours, caps or a message that goes first only put the message off until `at`. `to` is the id of the address. */
export type Judgement = { readonly on: JudgedOn; readonly decision: Decision } & (
  | { readonly kind: 'permitted'; readonly to: string }
  | { readonly kind: 'later'; readonly at: Instant; readonly reason: DenyCode | SendDeferral }
  | { readonly kind: 'refused'; readonly reason: DenyCode | SendDeferral | SendRefusal }
);

/** Where a journey skips what is put off, the run goes on without the message. */
const putOff = ({ whenPutOff }: Plan, at: Instant, reason: DenyCode | SendDeferral) =>
  (whenPutOff === 'skip' ? { kind: 'refused' as const, reason } : { kind: 'later' as const, at, reason });

/** The instant that a commercial message waits for where the last place under a cap is another's. */
const yielding = ({ plan, recent, send, now, waiting = [] }: Asked, policy: JudgedOn['policy']): Instant | undefined => {
  if (waiting.length === 0 || !isCommercial(plan)) return undefined;
  const mine = waiting.find((one) => one.send === send) ?? { send, priority: plan.priority, since: now, putOffs: 0 };
  return yieldsUntil({ policy, recent, waiting, now }, mine);
};

/**
 * May this message go to this contact now? The one judgement that a send, a launch check and a simulation share.
 * Whether a template lacks a value shows only when it is rendered.
 */
export const judgeSend = (asked: Asked): Judgement => {
  const { plan, organisation, contact, record, recent, send, now, complaintRate } = asked;
  const address = addressOf(record);
  const on = {
    contact: contactFor(contact, record, recent),
    message: messageFor(plan, organisation, send, address?.address_id ?? '', complaintRate),
    now, policy: policyFor(record, organisation),
  };
  const decision = decide(on.contact, on.message, now, on.policy);
  if (address === undefined || record.destinations[address.address_id] === undefined) {
    return { on, decision, kind: 'refused', reason: 'ADDRESS_MISSING' };
  }
  if (decision.decision === 'permit') {
    const until = yielding(asked, on.policy);
    return { on, decision, ...(until === undefined ? { kind: 'permitted', to: address.address_id } : putOff(plan, until, 'PRIORITY_YIELDED')) };
  }
  const { reason, retry_at: retryAt } = decision;
  return retryAt === undefined
    ? { on, decision, kind: 'refused', reason } : { on, decision, ...putOff(plan, parseInstant(retryAt), reason) };
};
