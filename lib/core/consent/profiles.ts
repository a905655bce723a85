import { type ClassSet, classSet, type DataClass, everyClass, minus } from './classes.ts';
import type { Purpose } from './purpose.ts';

const profile = (...further: readonly DataClass[]): ClassSet =>
  classSet(['contact_info', 'patient_relationship', 'demographic', ...further]);

const nothing = classSet([]);
const allButNotes = minus(everyClass, classSet(['sud_counseling_notes', 'psychotherapy_notes']));

/**
 * The data each purpose may need to choose its readers, 45 CFR 164.502(b) and 164.514(d); for fundraising the closed
 * list of 164.514(f)(1). Marketing has no row of data: it rests on an authorization, which names its own.
 */
export const profiles: { readonly [P in Purpose]: ClassSet } = {
  appointment_reminder: profile(
    'appointment_logistics',
    'appointment_detail',
    'department_of_service',
    'treating_clinician',
  ),
  care_coordination: allButNotes,
  legal_notice: allButNotes,
  emergency_safety: allButNotes,
  refill_reminder: profile('medication', 'treating_clinician', 'dates_of_service', 'insurance_status'),
  billing: profile('billing_claims', 'insurance_status', 'dates_of_service'),
  satisfaction_survey: profile(
    'appointment_logistics',
    'department_of_service',
    'treating_clinician',
    'dates_of_service',
  ),
  health_education: profile('dates_of_service'),
  government_program_info: profile('insurance_status'),
  own_service_info: profile(
    'dates_of_service',
    'department_of_service',
    'treating_clinician',
    'diagnosis',
    'procedure',
    'medication',
    'insurance_status',
  ),
  plan_benefit_info: profile('insurance_status', 'billing_claims', 'diagnosis', 'medication'),
  fundraising: profile(
    'dates_of_service',
    'department_of_service',
    'treating_clinician',
    'outcome',
    'insurance_status',
  ),
  account_security: classSet(['contact_info', 'patient_relationship']),
  marketing: nothing,
  research_recruitment: nothing,
};
