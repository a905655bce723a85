import {
  campaign,
  child,
  email,
  parent,
  parentEmail,
  party,
  patient,
  phone,
  reminder,
  request,
  restriction,
  sister,
  sisterEmail,
  suppression,
  text,
  toParent,
  toSister,
  using,
} from '../builders.ts';
import { authorization, signedWith, textConsent } from '../forms.ts';
import type { Case } from './case.ts';

const at = '2026-03-30T00:00:00Z';
const diagnosed = using({ segment: ['diagnosis'] });

export const person = {
  INPUT_INVALID: {
    name: 'a message to an address the contact does not have is invalid',
    contact: patient(),
    message: reminder({ to_address_id: 'em-2' }),
  },
  UNSUPPORTED_PURPOSE: {
    name: 'recruiting for research is recognised and not supported',
    contact: patient(),
    message: reminder({ purpose: 'research_recruitment' }),
  },
  CONTACT_DECEASED: {
    name: 'nothing goes to a person whose death is recorded',
    contact: patient({ deceased: { id: 'de-1', recorded_at: at } }),
    message: reminder(),
    evidence: ['de-1'],
  },
  SUPPRESSED_ALL: {
    name: 'a person who wants nothing gets nothing',
    contact: patient({ suppressions: [suppression('all'), suppression('all', { id: 'su-2' })] }),
    message: reminder(),
    evidence: ['su-all', 'su-2'],
  },
  ADDRESS_REASSIGNED: {
    name: 'a number that was given to somebody else gets no text',
    contact: patient({ addresses: [{ ...phone, reassigned: { id: 'ra-1', at } }], consents: [textConsent()] }),
    message: text(),
    evidence: ['ra-1'],
  },
  ADDRESS_HARD_BOUNCE: {
    name: 'an address that bounced hard is not tried again',
    contact: patient({ addresses: [{ ...email, bounce: { id: 'bo-1', kind: 'hard', at } }] }),
    message: reminder(),
    evidence: ['bo-1'],
  },
  ADDRESS_COMPLAINT: {
    name: 'a complaint stops care messages too',
    contact: patient({ addresses: [{ ...email, complaint: { id: 'co-1', at } }] }),
    message: reminder(),
    evidence: ['co-1'],
  },
  ADDRESS_UNVERIFIED: {
    name: 'a patient is not written to at an address nobody verified',
    contact: patient({ addresses: [{ ...email, verified: false }] }),
    message: reminder(),
  },
  ADDRESS_HOLDER_MISMATCH: {
    name: "a message for the patient does not go to the parent's address",
    contact: child({ addresses: [parentEmail], personal_representatives: [parent()] }),
    message: reminder(),
  },
  MINOR_MARKETING: {
    name: "a child's data sells nothing, not to the parent either",
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent()],
      consents: [authorization({ signature: signedWith({ signer: 'personal_representative' }) })],
    }),
    message: campaign(toParent),
  },
  MINOR_DIRECT: {
    name: 'a child is not written to directly',
    contact: child(),
    message: reminder(),
  },
  PR_NOT_ACTIVE: {
    name: 'a parent no longer speaks for a grown child',
    contact: patient({ addresses: [parentEmail], personal_representatives: [parent()] }),
    message: reminder(toParent),
    evidence: ['rep-1'],
  },
  PR_BLOCKED: {
    name: 'a representative who may endanger the child gets nothing',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent({ blocked: { id: 'bl-1', at } })],
    }),
    message: reminder(toParent),
    evidence: ['bl-1'],
  },
  PR_MINOR_CONSENTED_SERVICE: {
    name: 'a parent does not hear of a service to which the child consented alone',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent()],
      minor_consented_services: ['svc-1'],
    }),
    message: reminder({ ...toParent, phi: using({ service_items: ['svc-1'] }) }),
    evidence: ['rep-1'],
  },
  PR_SCOPE: {
    name: 'a representative hears only of the data the authority covers',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent({ scope_classes: ['appointment_logistics'] })],
    }),
    message: reminder({ ...toParent, phi: using({ segment: ['treating_clinician'] }) }),
    evidence: ['rep-1'],
  },
  INVOLVED_PERSON_NOT_PERMITTED: {
    name: 'an involved relative hears only what the patient agreed to',
    contact: patient({ addresses: [sisterEmail], involved_persons: [sister()] }),
    message: reminder({ ...toSister, phi: using({ content: ['appointment_detail'] }) }),
    evidence: ['inv-1'],
  },
  CONFIDENTIAL_COMMUNICATION: {
    name: 'a request for another address is obeyed',
    contact: patient({ confidential_communications: [request({ address_ids: ['em-2'] })] }),
    message: reminder(),
    evidence: ['cc-1'],
  },
  RESTRICTION_OOP_HEALTH_PLAN: {
    name: 'a plan does not hear of what the patient paid for',
    contact: patient({ restrictions: [restriction({ kind: 'oop_health_plan', items: ['svc-1'] })] }),
    message: reminder({
      purpose: 'billing',
      phi: using({ service_items: ['svc-1'] }),
      third_parties: [party({ role: 'health_plan' })],
    }),
    evidence: ['re-1'],
  },
  RESTRICTION_AGREED: {
    name: 'an agreed restriction binds the uses and data it names',
    contact: patient({ restrictions: [restriction({ uses: ['treatment'], classes: ['diagnosis'] })] }),
    message: reminder({ purpose: 'care_coordination', phi: diagnosed }),
    evidence: ['re-1'],
  },
} satisfies Record<string, Case>;
