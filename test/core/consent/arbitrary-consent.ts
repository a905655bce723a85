import * as fc from 'fast-check';

import type { ConsentRecord } from '../../../lib/core/consent/records.ts';
import { absent, early, entities, formPurposes, heldClasses, moments, mostly, no, seldom, yes } from './draws.ts';

const revocation: fc.Arbitrary<ConsentRecord['revocation']> = seldom(
  fc.record({ received_at: early, in_writing: fc.boolean(), via: fc.constant('portal') }),
);
const common = { id: fc.constant(''), captured_at: early, evidence_ref: fc.constant('doc:1'), revocation };
const signature = fc.record({
  signed_at: absent(early, 19),
  signer: mostly<'individual' | 'personal_representative'>('individual', 4, 'personal_representative'),
  method: fc.constant('electronic'),
  representative_id: fc.constantFrom('rep-0', 'rep-1', null),
  representative_authority: fc.constantFrom('parent of minor', '', null),
});
const expiration = fc.record({
  kind: mostly<'date' | 'event' | 'none'>('date', 5, 'event', 'none'),
  at: mostly<string | null>('2027-01-01T05:00:00Z', 9, null, ...moments),
  event: fc.constantFrom('discharge', null),
  event_occurred_at: seldom(early),
});

export const consent: fc.Arbitrary<ConsentRecord> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant('hipaa_authorization' as const),
    information: fc.record({ described: yes, classes: heldClasses }),
    disclosers: entities,
    recipients: entities,
    purposes: formPurposes,
    promoted_parties: entities,
    expiration,
    signature,
    statements: fc.record({
      right_to_revoke: yes,
      how_to_revoke: yes,
      conditioning: yes,
      redisclosure: yes,
      remuneration: yes,
    }),
    plain_language: yes,
    copy_given: fc.boolean(),
    combined_with: mostly<string[]>([], 19, ['hipaa_authorization'], ['treatment_consent']),
    conditioned_on: mostly<string[]>([], 19, ['treatment']),
    known_false: no,
    channels: mostly(['email', 'sms'], 9, ['email'], []),
    state_form: fc.record({ ca_56_11: yes, ca_longer_term_requested: fc.boolean(), tx_181_154: yes }),
  }),
  fc.record({
    ...common,
    type: fc.constant('part2_consent' as const),
    patient_named: yes,
    disclosers: entities,
    information_classes: heldClasses,
    recipients: entities,
    purposes: mostly(['tpo'], 2, ['tpo', 'marketing.own', 'marketing.third_party'], ['fundraising']),
    expiration,
    signature,
    statements: fc.record({ right_to_revoke: yes, how_to_revoke: yes, redisclosure: yes, refusal_consequences: yes }),
  }),
  fc.record({
    ...common,
    type: fc.constant('tcpa_consent' as const),
    level: fc.constantFrom('pec' as const, 'pewc' as const),
    address_id: mostly('ph-1', 5, 'ph-2'),
    seller_ids: entities,
    signed: yes,
    automated_disclosed: yes,
    not_condition_of_purchase: yes,
  }),
  fc.record({
    ...common,
    type: fc.constant('email_opt_in' as const),
    method: mostly<'express' | 'implied' | 'prechecked'>('express', 5, 'implied', 'prechecked'),
    sender_ids: entities,
    topics: mostly(['*'], 3, ['news'], []),
  }),
  fc.record({
    ...common,
    type: fc.constant('chd_consent' as const),
    kind: fc.constantFrom('collect_use' as const, 'share' as const),
    classes: heldClasses,
    purposes: formPurposes,
    entity_ids: entities,
    party_ids: entities,
    expires_at: seldom(early),
  }),
  fc.record({
    ...common,
    type: fc.constant('electronic_notice_agreement' as const),
    channels: fc.constant<string[]>(['email', 'sms']),
  }),
  fc.record({ ...common, type: fc.constant('unencrypted_preference' as const), warned: yes }),
);
