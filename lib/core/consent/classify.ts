import { type EpochDay, type EpochMs, epochDay, parseDate } from './civil.ts';
import type { Contact } from './contact.ts';
import type { Message } from './message.ts';
import type { Promotion } from './promotion.ts';
import type { Purpose } from './purpose.ts';
import type { Policy } from './policy.ts';
import { hasReached } from './zone.ts';

export type PromotionClass = 'operations' | 'refill' | 'marketing_paid' | 'treatment' | 'marketing';
export type MessageClass =
  PromotionClass | 'payment' | 'fundraising' | 'legal_notice' | 'account_security' | 'emergency_safety';

export type ClassedPromotion = {
  readonly promotion: Promotion;
  readonly class: PromotionClass;
  readonly paid: boolean;
};

/** Financial remuneration, 45 CFR 164.501: money for describing a product, from its owner or in the owner's name. */
export const isPaid = ({ remuneration: { kind, payer } }: Promotion): boolean =>
  kind === 'financial' && payer === 'product_owner';

const lapseDays = 90;

/** Prescribed now, or lapsed no more than 90 calendar days ago in the person's zone (HHS FAQ 1521). */
const isCurrentDrug = (promotion: Promotion, contact: Contact, now: EpochMs): boolean => {
  const { what, drug_relation: relation, lapsed_on: lapsedOn } = promotion;
  if (what !== 'drug' && what !== 'drug_delivery_system') return false;
  if (relation !== 'current' && relation !== 'generic_of_current' && relation !== 'delivery_system_of_current')
    return false;
  const lapsed = lapsedOn === null ? null : parseDate(lapsedOn);
  if (lapsed === null) return true;
  const dayTooLate: EpochDay = epochDay(lapsed.year, lapsed.month, lapsed.day) + lapseDays + 1;
  return !hasReached(contact.time_zone, now, dayTooLate);
};

/** Whether the payment is no more than the cost, or to a business associate no more than fair value; unknown is no. */
const isCostOnly = ({ remuneration }: Promotion): boolean => {
  const { payee, amount_cents: amount, reasonable_cost_cents: cost, fair_market_value_cents: value } = remuneration;
  const limit = payee === 'business_associate' ? value : cost;
  return amount !== null && limit !== null && amount <= limit;
};

/** Which exception of 45 CFR 164.501 (marketing) a promotion falls under, if any. */
export const classOfPromotion = (
  promotion: Promotion,
  contact: Contact,
  message: Message,
  now: EpochMs,
): PromotionClass => {
  const plan = message.sender.entity_type === 'health_plan';
  const { what } = promotion;
  if (what === 'government_program') return 'operations';
  if (isCurrentDrug(promotion, contact, now)) {
    return !isPaid(promotion) || isCostOnly(promotion) ? 'refill' : 'marketing_paid';
  }
  if (isPaid(promotion)) return 'marketing_paid';
  if (promotion.individualized_treatment) return plan ? 'operations' : 'treatment';
  if (what === 'own_health_service' || (what === 'plan_benefit' && plan)) return 'operations';
  if (what === 'plan_value_added' && plan && contact.relationship === 'plan_member') return 'operations';
  return 'marketing';
};

const baseOf: { readonly [P in Purpose]: MessageClass } = {
  appointment_reminder: 'treatment',
  care_coordination: 'treatment',
  refill_reminder: 'refill',
  billing: 'payment',
  satisfaction_survey: 'operations',
  health_education: 'operations',
  government_program_info: 'operations',
  own_service_info: 'operations',
  plan_benefit_info: 'operations',
  research_recruitment: 'operations',
  marketing: 'marketing',
  fundraising: 'fundraising',
  legal_notice: 'legal_notice',
  account_security: 'account_security',
  emergency_safety: 'emergency_safety',
};

export const classOfMessage = ({ purpose, sender }: Message, promotions: readonly ClassedPromotion[]): MessageClass => {
  const has = (wanted: PromotionClass): boolean => promotions.some((promotion) => promotion.class === wanted);
  if (has('marketing_paid')) return 'marketing_paid';
  if (has('marketing') || purpose === 'marketing') return 'marketing';
  if (promotions.some((promotion) => promotion.class === 'refill' && promotion.paid)) return 'refill';
  if (purpose === 'refill_reminder' && promotions.some((promotion) => promotion.class !== 'refill')) {
    return has('treatment') ? 'treatment' : 'operations';
  }
  const base = baseOf[purpose];
  return base === 'treatment' && sender.entity_type === 'health_plan' ? 'operations' : base;
};

/** Commercial email in the sense of 15 USC 7702(2), with every promotion taken for its primary purpose. */
export const isCommercial = ({ purpose }: Message, promotions: readonly ClassedPromotion[], policy: Policy): boolean =>
  purpose === 'marketing' ||
  (purpose === 'health_education' && policy.health_education_is_commercial) ||
  promotions.some(
    ({ promotion, class: promotionClass, paid }) =>
      promotion.what !== 'government_program' &&
      promotionClass !== 'treatment' &&
      (promotionClass !== 'refill' || (paid && policy.paid_refill_is_commercial)),
  );

/** The purpose codes of consent forms that cover these promotions. */
export const purposeCodeOf = ({ what }: Promotion): 'marketing.own' | 'marketing.third_party' =>
  what === 'own_health_service' || what === 'own_other' || what === 'plan_benefit' || what === 'plan_value_added'
    ? 'marketing.own'
    : 'marketing.third_party';
