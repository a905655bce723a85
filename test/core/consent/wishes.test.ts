import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import {
  appeal,
  campaign,
  clinic,
  newsletter,
  noon,
  ownService,
  party,
  patient,
  prospect,
  reminder,
  request,
  restriction,
  suppression,
  text,
  using,
} from './builders.ts';
import { noticeAgreement, revokedAt, textConsent, unencryptedPreference } from './forms.ts';

const outcome = (contact: Contact, message: Message, policy?: Partial<Policy>) => {
  const { decision, reason, basis } = decide(contact, message, noon, policy);
  return decision === 'permit' ? [reason, ...basis] : [reason];
};

describe('a preference for plain text', () => {
  const plain = {
    phi: using({ content: ['appointment_logistics'] }),
    delivery: { encryption: 'opportunistic' },
  } as const;
  const held = (changes: Parameters<typeof unencryptedPreference>[0] = {}) =>
    patient({ consents: [unencryptedPreference(changes)] });

  test('reaches care, and neither appeals nor announcements', () => {
    expect(outcome(held(), reminder(plain))).toEqual(['PERMIT_TREATMENT', 'HIPAA_TREATMENT', 'UNENCRYPTED_PREFERENCE']);
    expect(outcome(held(), appeal(plain))).toEqual(['UNENCRYPTED_PHI']);
    expect(outcome(held(), ownService(plain))).toEqual(['UNENCRYPTED_PHI']);
    expect(outcome(held(), campaign(plain))).toEqual(['UNENCRYPTED_PHI']);
  });
  test('needs a warning, and a policy that allows it', () => {
    expect(outcome(held({ warned: false }), reminder(plain))).toEqual(['UNENCRYPTED_PHI']);
    expect(outcome(held({ revocation: revokedAt(noon) }), reminder(plain))).toEqual(['UNENCRYPTED_PHI']);
    expect(outcome(held(), reminder(plain), { unencrypted_preference_allowed: false })).toEqual(['UNENCRYPTED_PHI']);
  });
  test('is not relied on where encryption is required', () => {
    const encrypted = reminder({ ...plain, delivery: { encryption: 'tls_required' } });
    expect(outcome(held(), encrypted)).toEqual(['PERMIT_TREATMENT', 'HIPAA_TREATMENT']);
  });
});

test('a record id beside the individual is not relied on', () => {
  expect(decide(patient(), reminder({ addressee_record_id: 'rep-1' }), noon).evidence).toEqual([]);
});

describe('a restriction', () => {
  const restricted = (changes: Parameters<typeof restriction>[0]) =>
    patient({ restrictions: [restriction(changes)], consents: [noticeAgreement()] });

  test('holds up neither a legal notice nor a warning of danger', () => {
    expect(outcome(restricted({}), reminder({ purpose: 'legal_notice' }))[0]).toBe('PERMIT_LEGAL_NOTICE');
    expect(outcome(restricted({}), reminder({ purpose: 'emergency_safety' }))[0]).toBe('PERMIT_EMERGENCY');
    expect(outcome(restricted({}), reminder({ purpose: 'account_security' }))[0]).toBe('RESTRICTION_AGREED');
  });
  test('binds the use it names', () => {
    expect(outcome(restricted({ uses: ['payment'] }), reminder())[0]).toBe('PERMIT_TREATMENT');
    expect(outcome(restricted({ uses: ['payment'] }), reminder({ purpose: 'billing' }))[0]).toBe('RESTRICTION_AGREED');
    expect(outcome(restricted({ uses: ['operations'] }), appeal())[0]).toBe('RESTRICTION_AGREED');
    expect(outcome(restricted({ uses: ['marketing'] }), campaign())[0]).toBe('RESTRICTION_AGREED');
    expect(outcome(restricted({ uses: [] }), reminder())[0]).toBe('PERMIT_TREATMENT');
  });
  test('binds the data it names, the relationship itself included', () => {
    expect(outcome(restricted({ classes: ['diagnosis'] }), reminder())[0]).toBe('PERMIT_TREATMENT');
    expect(outcome(restricted({ classes: ['patient_relationship'] }), reminder())[0]).toBe('RESTRICTION_AGREED');
  });
  test('on what was paid out of pocket concerns that service, and a plan that receives data', () => {
    const contact = restricted({ kind: 'oop_health_plan', items: ['svc-1', 'svc-3'] });
    const bill = (service: string, receives: boolean) =>
      reminder({
        purpose: 'billing',
        phi: using({ service_items: [service] }),
        third_parties: [party({ role: 'health_plan', receives_phi: receives })],
      });
    expect(outcome(contact, bill('svc-1', true))[0]).toBe('RESTRICTION_OOP_HEALTH_PLAN');
    expect(outcome(contact, bill('svc-2', true))[0]).toBe('PERMIT_PAYMENT');
    expect(outcome(contact, bill('svc-1', false))[0]).toBe('PERMIT_PAYMENT');
  });
});

describe('an opt-out is scoped', () => {
  const without = (...scopes: Parameters<typeof suppression>[0][]) =>
    patient({ suppressions: scopes.map((scope) => suppression(scope, { topic: 'news' })), consents: [textConsent()] });

  test('from marketing, it lets care, appeals and notices through', () => {
    expect(outcome(without('commercial'), reminder())[0]).toBe('PERMIT_TREATMENT');
    expect(outcome(without('commercial'), appeal())[0]).toBe('PERMIT_FUNDRAISING');
  });
  test('from texts, it lets email and emergencies through', () => {
    expect(outcome(without('sms'), reminder())[0]).toBe('PERMIT_TREATMENT');
    expect(outcome(without('sms'), text({ purpose: 'emergency_safety' }))[0]).toBe('PERMIT_EMERGENCY');
    expect(outcome(without('sms'), text({ purpose: 'account_security' }))[0]).toBe('OPTED_OUT_SMS');
  });
  test('from a topic, it lets other topics and security through', () => {
    expect(outcome(without('topic'), ownService({ topic: 'other' }))[0]).toBe('PERMIT_OPERATIONS');
    expect(outcome(without('topic'), reminder({ purpose: 'account_security', topic: 'news' }))[0]).toBe(
      'PERMIT_ACCOUNT_SECURITY',
    );
  });
  test('from fundraising, it lets announcements through', () => {
    expect(outcome(without('fundraising'), ownService())[0]).toBe('PERMIT_OPERATIONS');
  });
});

test('the newest of two requests is obeyed, and an ended one is not', () => {
  const older = request({ received_at: '2026-01-01T00:00:00Z', address_ids: ['em-2'] });
  expect(outcome(patient({ confidential_communications: [older, request({ id: 'cc-2' })] }), reminder())).toEqual([
    'PERMIT_TREATMENT',
    'HIPAA_TREATMENT',
    'CONFIDENTIAL_COMMUNICATION',
  ]);
  const ended = { ...older, ended_at: noon };
  expect(outcome(patient({ confidential_communications: [ended] }), reminder())).toEqual([
    'PERMIT_TREATMENT',
    'HIPAA_TREATMENT',
  ]);
});

test('a complaint or a bad stream stops only what it concerns', () => {
  const bad = { stream: { complaint_rate: 0.01 } };
  expect(outcome(patient(), reminder(bad))[0]).toBe('PERMIT_TREATMENT');
  const [email, phone] = patient().addresses;
  const complaint = { id: 'cp-1', at: noon };
  const complained = patient({ addresses: [email, phone].flatMap((one) => (one ? [{ ...one, complaint }] : [])) });
  expect(outcome(complained, reminder(), { complaint_blocks_all: false })[0]).toBe('PERMIT_TREATMENT');
  expect(outcome(complained, ownService(), { complaint_blocks_all: false })[0]).toBe('ADDRESS_COMPLAINT');
  const texted = text({ purpose: 'own_service_info', promotions: ownService().promotions, ...bad });
  expect(outcome(patient({ consents: [textConsent()] }), texted)[0]).toBe('PERMIT_OPERATIONS');
});

test('an unverified address serves a prospect and no patient, unless the policy lets it', () => {
  const addresses = patient().addresses.map((one) => ({ ...one, verified: false }));
  expect(outcome(prospect({ addresses }), newsletter())[0]).toBe('PERMIT_CONSUMER');
  expect(outcome(patient({ addresses }), reminder())[0]).toBe('ADDRESS_UNVERIFIED');
  expect(outcome(patient({ addresses }), reminder(), { require_verified_address: false })[0]).toBe('PERMIT_TREATMENT');
});

test('a processor without an agreement may not receive data, and may stand by', () => {
  const processor = party({ role: 'processor', agreement: false });
  expect(outcome(patient(), reminder({ third_parties: [processor] }))[0]).toBe('PROCESSOR_AGREEMENT_MISSING');
  expect(outcome(patient(), reminder({ third_parties: [{ ...processor, receives_phi: false }] }))[0]).toBe(
    'PERMIT_TREATMENT',
  );
  expect(outcome(patient(), reminder({ sender: { ...clinic, platform_agreement: false } }))[0]).toBe(
    'PROCESSOR_AGREEMENT_MISSING',
  );
});
