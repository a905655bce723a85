import { expect, test } from 'vitest';
import { authorizationOf, endOf, evidenceOf, signForm } from '../../../lib/core/authorization/sign.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import { HipaaAuthorization } from '../../../lib/core/consent/records.ts';
import { contactFor } from '../../../lib/core/engine/message.ts';
import { Instant } from '../../../lib/core/time.ts';
import { contactId, someRecord } from '../../fixtures/contact.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const now = Instant.parse('2026-11-02T14:00:00.000Z');
const [form] = someOrganisation.authorizationForms;
if (form === undefined) throw new Error('the example has no form');
const context = { form, language: 'en', organisation: someOrganisation } as const;
const sign = (nonce: string) => signForm({ ...context, name: 'Ada Example', now, zone: 'America/New_York', nonce });
const record = (organisation = someOrganisation) => authorizationOf({ form, organisation }, {
  id: 'authorization-1', evidence: 'abc', signedAt: now, endsAt: Instant.parse('2027-11-02T04:00:00.000Z'), method: 'typed_name', copyGiven: true,
});

test('a permission ends with the first instant of its last day in the zone of the signer', () => {
  expect(endOf(now, 365, 'America/New_York')).toBe('2027-11-02T04:00:00.000Z');
});

test('without a zone the calendar is that of the last state to change date', () => {
  expect(endOf(Instant.parse('2026-11-02T09:00:00.000Z'), 1, null)).toBe('2026-11-02T10:00:00.000Z');
});

test('a signed form holds every word that was read, the name and the instant', () => {
  const { sections, ...rest } = sign('n');
  expect(rest).toMatchObject({ form: 'partner-programs', version: 1, language: 'en', name: 'Ada Example', signedAt: now, endsAt: '2027-11-02T04:00:00.000Z' });
  expect(sections.map(({ heading }) => heading)).toEqual([
    'What information', 'Who may use and share it', 'Who may receive it', 'Why', 'Payment', 'When it ends', 'Your right to stop it',
    'You do not have to sign', 'After it is shared',
  ]);
});

test('the hash of a signed form cannot be guessed from what is known of it', async () => {
  const [one, other] = await Promise.all([evidenceOf(sign('first')), evidenceOf(sign('second'))]);
  expect(one).toMatch(/^[0-9a-f]{64}$/u);
  expect(one).not.toBe(other);
});

test('the record of a signature has every element that the consent engine reads', () => {
  expect(HipaaAuthorization.safeParse(record()).success).toBe(true);
});

const promotion = {
  promotion_id: 'p', what: 'third_party', owner_id: 'steady-steps', individualized_treatment: false, drug_relation: null, lapsed_on: null,
  remuneration: { kind: 'financial', payer: 'product_owner', payee: 'covered_entity', amount_cents: 150, reasonable_cost_cents: 40, fair_market_value_cents: null },
  ca_chronic_condition: false,
};
const message = {
  message_id: 'm', journey_id: 'j', channel: 'email', to_address_id: 'em-1', addressee: 'individual', addressee_record_id: null, purpose: 'marketing',
  topic: 'partner-offers',
  sender: { entity_id: 'northside-health', entity_type: 'health_plan', part2_program: false, npp_fundraising_statement: false, platform_agreement: true },
  data_origin: 'covered_entity_records',
  phi: { content: ['contact_info'], detected_in_content: [], subject: [], segment: ['diagnosis'], inferred: [], service_items: [], claimed_deidentified: false },
  promotions: [promotion], third_parties: [],
  form: { truthful_headers: true, physical_address: true, visible_unsubscribe: true, one_click_unsubscribe: true, fundraising_opt_out: false, ca_remuneration_notice: false },
  delivery: { encryption: 'tls_required' }, stream: { complaint_rate: 0 },
};
const decision = (consents: readonly object[], at: string) =>
  decide({ ...contactFor(contactId(1), someRecord, []), consents }, message, at);

test('a partner\'s marketing is refused before the signature, permitted after it, and refused again at its end', () => {
  expect(decision([], '2026-11-02T14:00:00.000Z')).toMatchObject({ decision: 'deny', reason: 'AUTH_MISSING' });
  expect(decision([record()], '2026-11-02T14:00:00.000Z')).toMatchObject({ decision: 'permit', evidence: ['authorization-1'] });
  expect(decision([record()], '2027-11-02T04:00:00.000Z')).toMatchObject({ decision: 'deny', reason: 'AUTH_EXPIRED' });
});

test.each([
  ['information', 'AUTH_INCOMPLETE'], ['disclosers', 'AUTH_INCOMPLETE'], ['recipients', 'AUTH_INCOMPLETE'], ['purpose', 'AUTH_INCOMPLETE'],
  ['expiry', 'AUTH_INCOMPLETE'], ['revocation', 'AUTH_STATEMENT_MISSING'], ['conditioning', 'AUTH_STATEMENT_MISSING'],
  ['redisclosure', 'AUTH_STATEMENT_MISSING'], ['remuneration', 'AUTH_REMUNERATION_STATEMENT_MISSING'],
] as const)('a form that leaves out %s carries no message', (element, reason) => {
  const organisation = { ...someOrganisation, authorization: { ...someOrganisation.authorization, [element]: false } };
  expect(decision([record(organisation)], '2026-11-03T14:00:00.000Z')).toMatchObject({ decision: 'deny', reason });
});
