import * as z from 'zod';
import { SendwellError } from '../errors.ts';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import type { Purpose } from '../journey/settings.ts';
import type { Plan } from '../journey/plan.ts';
import { Instant } from '../time.ts';

/** Somebody of the organisation is to reach the contact another way, because a message of care was not sent. No PHI. */
export const FollowUp = z.object({
  contact: ContactId,
  enrolment: EnrolmentId,
  journey: Name,
  step: Name,
  leg: z.int().min(0),
  /** Why the message was not sent. */
  reason: z.string(),
  openedAt: Instant,
  closedAt: Instant.optional(),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** Purposes whose message a person may come to harm without. */
const carePurposes: ReadonlySet<Purpose> = new Set<Purpose>([
  'appointment_reminder', 'care_coordination', 'refill_reminder', 'emergency_safety', 'legal_notice',
]);

export const isCare = (purpose: Purpose): boolean => carePurposes.has(purpose);

type Missed = Pick<FollowUp, 'contact' | 'enrolment' | 'journey' | 'step' | 'leg' | 'reason'> & { readonly at: Instant };

/** The task that a message of care leaves behind when it is not sent; undefined for any other message. */
export const followUpFor = (plan: Plan, { contact, enrolment, journey, step, leg, reason, at }: Missed): FollowUp | undefined =>
  (isCare(plan.message.purpose) ? { contact, enrolment, journey, step, leg, reason, openedAt: at } : undefined);

/** Sorts by the instant of opening; the same send at the same instant is the same task. */
export const followUpKey = ({ openedAt, enrolment, step, leg }: Pick<FollowUp, 'openedAt' | 'enrolment' | 'step' | 'leg'>): string =>
  `${openedAt}#${enrolment}#${step}#${leg}`;

const keyShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#e_[0-9a-z]{26}#[a-z0-9-]{1,60}#\d{1,9}$/u;

/** What the API calls a task, and a place in their list: the key as base64url. */
export const followUpId = (key: string): string =>
  btoa(key).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');

/** Throws `follow-up.unknown` on anything that {@link followUpId} did not make. */
export const followUpKeyOf = (id: string): string => {
  const decoded = (): string => {
    try {
      return atob(id.replaceAll('-', '+').replaceAll('_', '/'));
    } catch {
      return '';
    }
  };
  const key = decoded();
  if (!keyShape.test(key)) throw new SendwellError('follow-up.unknown');
  return key;
};
