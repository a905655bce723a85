import type { HipaaAuthorization } from '../../core/consent/records.ts';
import type { Instant } from '../../core/time.ts';

/** The id that the demonstration gives to an authorization that it records itself. */
export const authorizationId = 'steady-steps-1';

/**
 * An authorization as a patient signs it for the partner's program: every element that 45 CFR 164.508(b) and (c) asks
 * for, the partner and the payment among them.
 */
export const authorizationFor = (id: string, discloser: string, signedAt: Instant): HipaaAuthorization => ({
  id,
  type: 'hipaa_authorization',
  captured_at: signedAt,
  evidence_ref: `form/${id}`,
  revocation: null,
  information: { described: true, classes: ['contact_info', 'diagnosis'] },
  disclosers: [discloser],
  recipients: ['steady-steps'],
  purposes: ['marketing.third_party'],
  promoted_parties: ['steady-steps'],
  expiration: { kind: 'date', at: '2027-11-02T05:00:00.000Z', event: null, event_occurred_at: null },
  signature: { signed_at: signedAt, signer: 'individual', method: 'electronic', representative_id: null, representative_authority: null },
  statements: { right_to_revoke: true, how_to_revoke: true, conditioning: true, redisclosure: true, remuneration: true },
  plain_language: true,
  copy_given: true,
  combined_with: [],
  conditioned_on: [],
  known_false: false,
  channels: ['email'],
  state_form: { ca_56_11: false, ca_longer_term_requested: false, tx_181_154: false },
});
