import { decide } from '../consent/decide.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { Organisation } from '../organisation.ts';
import type { Clock, FollowUpStore, VersionReader, WithdrawalStore } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Instant } from '../time.ts';
import { addSeconds, instantOf, millisecondsOf } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import { isActive } from './enrolment.ts';
import { exitRun } from './exit-run.ts';
import { followUpFor } from './follow-up.ts';
import { addressOf, contactFor, messageFor } from './message.ts';
import type { Withdrawal } from './withdrawal.ts';

export type WithdrawPorts = {
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly enrolments: Pick<EnrolmentStore, 'ofContact' | 'exit'>;
  readonly versions: VersionReader;
  readonly withdrawals: Pick<WithdrawalStore, 'openOf' | 'complete'>;
  readonly followUps: Pick<FollowUpStore, 'open'>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** The reason why the journey's message may not go at an instant, where time alone does not mend it. Caps play no part. */
const lastingDenial = (
  { organisation }: Pick<WithdrawPorts, 'organisation'>, plan: Plan, run: Enrolment, record: ContactRecord, at: Instant,
): string | undefined => {
  // What others complain of is no wish of this person.
  const message = messageFor(plan, organisation, run.enrolment, addressOf(record)?.address_id ?? '', 0);
  const decision = decide(contactFor(run.contact, record, []), message, at, organisation.policy);
  return decision.decision === 'deny' && decision.retry_at === undefined ? decision.reason : undefined;
};

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/**
 * Why a withdrawal ends a run: the decision of the instant of the withdrawal denies for good, the one of the
 * millisecond before did not for this reason, and the person has not permitted it anew since. A decision of a past
 * instant reads no later fact, so the answer does not depend on when it is asked.
 */
export const endedBy = (
  ports: Pick<WithdrawPorts, 'organisation' | 'clock'>, plan: Plan, run: Enrolment, record: ContactRecord, receivedAt: Instant,
): string | undefined => {
  const denialAt = (at: Instant) => lastingDenial(ports, plan, run, record, at);
  const reason = denialAt(receivedAt);
  if (reason === undefined || denialAt(instantOf(millisecondsOf(receivedAt) - 1)) === reason) return undefined;
  return denialAt(later(receivedAt, ports.clock.now())) === undefined ? undefined : reason;
};

const waitsForBounce = ({ steps }: Plan): boolean =>
  Object.values(steps).some((step) => step.kind === 'wait-for-event' && step.events.some(({ on }) => on.type === 'bounce'));

/** A journey that says itself what follows when a mail bounces goes on; nothing is sent to the address, whatever follows. */
const reasonToEnd = (ports: WithdrawPorts, { cause, receivedAt }: Withdrawal, plan: Plan, run: Enrolment, record: ContactRecord) =>
  (cause === 'bounce' && waitsForBounce(plan) ? undefined : endedBy(ports, plan, run, record, receivedAt));

/** The contact's record; undefined where its key is gone, and with it whatever could be sent. */
const recordOf = async ({ contacts }: WithdrawPorts, contact: ContactId): Promise<ContactRecord | undefined> => {
  try {
    return (await contacts.open(contact))?.record.open();
  } catch (error) {
    if (error instanceof SendwellError && error.code === 'contact.shredded') return undefined;
    throw error;
  }
};

const endRun = async (ports: WithdrawPorts, withdrawal: Withdrawal, plan: Plan, run: Enrolment, reason: string): Promise<Enrolment | undefined> => {
  // Opened before the run ends: repeated after a crash it is the same task, while an ended run is not looked at again.
  const task = followUpFor(plan, { ...run, at: withdrawal.receivedAt, reason });
  if (task !== undefined) await ports.followUps.open(task);
  return exitRun(ports, run, { status: 'EXITED', ended: reason, withdrawal: withdrawal.id });
};

const entryOf = ({ enrolment, journey, step, ended, endedAt, enteredAt }: Enrolment) =>
  ({ enrolment, journey, step, reason: ended ?? '', at: endedAt ?? enteredAt });

type Named = { readonly journey: string; readonly enrolment: string };

const byJourney = (one: Named, other: Named): number =>
  (`${one.journey}#${one.enrolment}` < `${other.journey}#${other.enrolment}` ? -1 : 1);

const finish = async (ports: WithdrawPorts, withdrawal: Withdrawal): Promise<void> => {
  const runs = await ports.enrolments.ofContact(withdrawal.contact);
  const active = runs.filter(({ status }) => isActive(status));
  const record = active.length === 0 ? undefined : await recordOf(ports, withdrawal.contact);
  // Those that an interrupted call ended are part of the proof too.
  const ended = runs.filter((run) => run.withdrawal === withdrawal.id).map(entryOf);
  const kept: { enrolment: Enrolment['enrolment']; journey: string }[] = [];
  for (const run of active) {
    const { plan } = await ports.versions.get(run.journey, run.version);
    const reason = record === undefined ? 'contact.shredded' : reasonToEnd(ports, withdrawal, plan, run, record);
    if (reason === undefined) {
      kept.push({ enrolment: run.enrolment, journey: run.journey });
      continue;
    }
    const row = await endRun(ports, withdrawal, plan, run, reason);
    if (row !== undefined) ended.push(entryOf(row));
  }
  const completedAt = ports.clock.now();
  const secondsTaken = Math.max(0, millisecondsOf(completedAt) - millisecondsOf(withdrawal.receivedAt)) / 1000;
  await ports.withdrawals.complete(withdrawal, { completedAt, secondsTaken, ended: ended.toSorted(byJourney), kept: kept.toSorted(byJourney) });
};

/** The clocks of two services may differ by this much; a wish that lies further ahead has not come yet. */
const skewSeconds = 60;

/**
 * Ends every in-flight run that the contact's open withdrawals touch, also in the middle of a wait, and completes their
 * proofs. Asked again after a crash it goes on where it stood; with nothing open it is one read. The record changed
 * before, so a run that enters meanwhile is refused at its sends; a send that was reserved before the record changed
 * may still go out. One that takes effect later stays open until then, when the next call or check completes it. Gives
 * how many withdrawals it completed.
 */
export const withdraw = async (ports: WithdrawPorts, contact: ContactId): Promise<number> => {
  const limit = addSeconds(ports.clock.now(), skewSeconds);
  const open = (await ports.withdrawals.openOf(contact)).filter(({ receivedAt }) => receivedAt <= limit);
  for (const withdrawal of open) await finish(ports, withdrawal);
  return open.length;
};
