import * as z from 'zod';

export const Purpose = z.enum([
  'appointment_reminder',
  'care_coordination',
  'refill_reminder',
  'billing',
  'satisfaction_survey',
  'health_education',
  'government_program_info',
  'own_service_info',
  'plan_benefit_info',
  'marketing',
  'fundraising',
  'legal_notice',
  'account_security',
  'emergency_safety',
  'research_recruitment',
]);
export type Purpose = z.infer<typeof Purpose>;
