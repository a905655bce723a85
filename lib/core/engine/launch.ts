import type { DataRefusal } from '../consent/needs.ts';
import { needsByReason } from '../consent/needs.ts';
import type { DenyCode } from '../consent/codes.ts';
import { fieldReader } from '../contact/fields.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { OpenContact } from '../contact/store.ts';
import type { ContactId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { PublishedVersion } from '../ports.ts';
import { lackingIn } from '../template/lacking.ts';
import type { Instant } from '../time.ts';
import { judgeSend } from './judge.ts';

/** What would come of the journey's first message to one contact. `later`: hours or caps only put it off. */
export type Verdict =
  | { readonly kind: 'permitted' }
  | { readonly kind: 'later' | 'refused'; readonly reason: DenyCode | DataRefusal };

/** Whether some template of the journey names a value that the contact lacks. Links are made up: nothing is sent. */
const lacksValues = ({ plan, templates }: PublishedVersion, record: ContactRecord, organisation: Organisation, now: Instant): boolean => {
  const values = { record, contact: fieldReader(record, now), run: () => undefined };
  return Object.values(plan.steps).some((step) => {
    const template = step.kind === 'send' ? templates[step.template] : undefined;
    return template !== undefined && lackingIn(template, values, { sender: plan.sender, organisation }) !== undefined;
  });
};

/** Asks what a send would ask, at this moment, and changes nothing. */
export const verdictOn = (
  version: PublishedVersion, organisation: Organisation, contact: ContactId, opened: OpenContact, now: Instant, complaintRate: number,
): Verdict => {
  const judgement = judgeSend({
    plan: version.plan, organisation, contact, record: opened.record.open(), recent: opened.gate.recent, send: 'launch-check', now,
    complaintRate,
  });
  if (judgement.kind !== 'permitted') return { kind: judgement.kind, reason: judgement.reason };
  return lacksValues(version, opened.record.open(), organisation, now) ? { kind: 'refused', reason: 'TEMPLATE_VALUE_MISSING' } : { kind: 'permitted' };
};

export type Group = {
  readonly count: number;
  /** The first few, to look at. */
  readonly sample: readonly ContactId[];
  readonly whatItNeeds: string;
};

const sampleSize = 5;

/** The contacts of one kind of verdict by reason, most first. */
export const groupsOf = (
  kind: 'later' | 'refused', verdicts: readonly { readonly contact: ContactId; readonly verdict: Verdict }[],
): Readonly<Record<string, Group>> => {
  const byReason = new Map<DenyCode | DataRefusal, ContactId[]>();
  for (const { contact, verdict } of verdicts) {
    if (verdict.kind === 'permitted' || verdict.kind !== kind) continue;
    byReason.set(verdict.reason, [...byReason.get(verdict.reason) ?? [], contact]);
  }
  return Object.fromEntries([...byReason].sort(([, one], [, other]) => other.length - one.length)
    .map(([reason, contacts]) => [reason, {
      count: contacts.length, sample: contacts.slice(0, sampleSize), whatItNeeds: needsByReason[reason],
    }]));
};
