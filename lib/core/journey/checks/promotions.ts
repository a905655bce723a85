import type { Purpose } from '../settings.ts';
import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

type Rule = 'required' | 'forbidden' | 'free';

/**
 * What each purpose says about promotions. Those that speak of a product say which, because who owns it and who pays
 * for the message decide whether it is marketing, 45 CFR 164.501; notices and warnings carry none.
 */
const rules: Readonly<Record<Purpose, Rule>> = {
  appointment_reminder: 'free',
  care_coordination: 'free',
  refill_reminder: 'required',
  billing: 'free',
  satisfaction_survey: 'free',
  health_education: 'free',
  government_program_info: 'free',
  own_service_info: 'required',
  plan_benefit_info: 'required',
  marketing: 'required',
  fundraising: 'free',
  legal_notice: 'forbidden',
  account_security: 'forbidden',
  emergency_safety: 'forbidden',
};

/** The purpose of the messages and their promotions agree; the consent engine denies every message where they do not. */
export const promotions: Check = ({ document: { message } }) => {
  const rule = rules[message.purpose];
  const none = message.promotions.length === 0;
  if (rule === 'required' && none) {
    return [finding('journey.promotion-missing', 'message.promotions', `purpose ${message.purpose} promotes something`)];
  }
  if (rule === 'forbidden' && !none) {
    return [finding('journey.promotion-forbidden', 'message.promotions', `purpose ${message.purpose} promotes nothing`)];
  }
  return [];
};
