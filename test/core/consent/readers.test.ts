import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import {
  campaign,
  child,
  device,
  drug,
  email,
  newsletter,
  noon,
  ownService,
  parent,
  parentEmail,
  patient,
  promotion,
  prospect,
  reminder,
  sister,
  sisterEmail,
  toParent,
  toSister,
  using,
} from './builders.ts';
import { authorization, signedWith } from './forms.ts';

const reasonOf = (contact: Contact, message: Message, policy?: Partial<Policy>) =>
  decide(contact, message, noon, policy).reason;

describe('an authorization signed by a representative', () => {
  const guardian = (changes: Parameters<typeof parent>[0] = {}) => parent({ authority: 'guardian', ...changes });
  const signed = (
    representatives: Contact['personal_representatives'],
    changes: Parameters<typeof signedWith>[0] = {},
  ) =>
    patient({
      personal_representatives: representatives,
      consents: [
        authorization({
          signature: signedWith({
            signer: 'personal_representative',
            representative_id: 'rep-1',
            representative_authority: 'court order',
            ...changes,
          }),
        }),
      ],
    });
  const lasting: Partial<Policy> = { reauthorize_when_representation_ends: false };

  test('holds while the representation does', () => {
    expect(reasonOf(signed([guardian()]), campaign())).toBe('PERMIT_AUTHORIZED');
  });
  test('tells by which authority', () => {
    expect(reasonOf(signed([guardian()], { representative_authority: ' ' }), campaign())).toBe('AUTH_INCOMPLETE');
    expect(reasonOf(signed([guardian()], { representative_authority: null }), campaign())).toBe('AUTH_INCOMPLETE');
  });
  test('needs one record of the representative, documented by the signature', () => {
    const onTheDay = guardian({ documented_at: '2026-01-05T17:00:00Z' });
    const after = guardian({ documented_at: '2026-01-05T17:00:01Z' });
    expect(reasonOf(signed([onTheDay]), campaign())).toBe('PERMIT_AUTHORIZED');
    expect(reasonOf(signed([after]), campaign(), lasting)).toBe('AUTH_SIGNER_AUTHORITY');
    expect(reasonOf(signed([guardian({ documented_at: null })]), campaign(), lasting)).toBe('AUTH_SIGNER_AUTHORITY');
    expect(reasonOf(signed([]), campaign(), lasting)).toBe('AUTH_SIGNER_AUTHORITY');
    expect(reasonOf(signed([guardian(), guardian()]), campaign(), lasting)).toBe('AUTH_SIGNER_AUTHORITY');
  });
  test('falls when the representative is blocked, whatever the policy', () => {
    const blocked = guardian({ blocked: { id: 'bl-1', at: noon } });
    expect(reasonOf(signed([blocked]), campaign(), lasting)).toBe('AUTH_SIGNER_AUTHORITY');
  });
  test('falls with the representation unless the policy lets it last', () => {
    for (const ended of [guardian({ ends_at: noon }), parent()]) {
      expect(reasonOf(signed([ended]), campaign())).toBe('AUTH_SIGNER_AUTHORITY');
      expect(reasonOf(signed([ended]), campaign(), lasting)).toBe('PERMIT_AUTHORIZED');
    }
  });
});

describe('a child', () => {
  const withParent = child({ addresses: [parentEmail], personal_representatives: [parent()] });
  const services: Partial<Contact> = { minor_consented_services: ['svc-1'] };

  test("is not written to of the clinic's services, the parent is", () => {
    expect(reasonOf(withParent, ownService(toParent))).toBe('PERMIT_OPERATIONS');
    expect(reasonOf(child(), ownService())).toBe('MINOR_MARKETING');
    expect(reasonOf(child(), ownService(), { minor_marketing_allowed: true })).toBe('MINOR_DIRECT');
  });
  test('is written to of services to which it consented alone, and of those only', () => {
    const about = (...items: string[]) => reminder({ phi: using({ service_items: items }) });
    expect(reasonOf(child(services), about('svc-1'))).toBe('PERMIT_TREATMENT');
    expect(reasonOf(child(services), about('svc-1', 'svc-2'))).toBe('MINOR_DIRECT');
    expect(reasonOf(child(services), about())).toBe('MINOR_DIRECT');
  });
  test('that never was a patient gets no newsletter, nor does its parent', () => {
    const consumer = prospect({ birth_date: '2012-09-30' });
    expect(reasonOf(consumer, newsletter())).toBe('MINOR_MARKETING');
    const addresses = [parentEmail];
    const represented = { ...consumer, addresses, personal_representatives: [parent()] };
    const health = newsletter({ ...toParent, purpose: 'health_education', promotions: [] });
    expect(reasonOf(represented, health)).toBe('MINOR_MARKETING');
  });
});

describe('a representative', () => {
  const adult = (changes: Parameters<typeof parent>[0]) =>
    patient({ addresses: [parentEmail], personal_representatives: [parent({ authority: 'guardian', ...changes })] });

  test('of an adult needs another authority than parenthood', () => {
    expect(reasonOf(adult({}), reminder(toParent))).toBe('PERMIT_TREATMENT');
    expect(reasonOf(adult({ authority: 'guardian_of_minor' }), reminder(toParent))).toBe('PR_NOT_ACTIVE');
  });
  test('needs no scope for the relationship and demographic data', () => {
    const bare = reminder({ ...toParent, phi: using({ segment: ['demographic'], content: ['contact_info'] }) });
    expect(reasonOf(adult({ scope_classes: [] }), bare)).toBe('PERMIT_TREATMENT');
    expect(
      reasonOf(
        adult({ scope_classes: ['*', 'outcome'] }),
        reminder({ ...bare, phi: using({ segment: ['appointment_logistics'] }) }),
      ),
    ).toBe('PR_SCOPE');
  });
  test('without a record, or with two of one id, is none', () => {
    const contact = patient({ addresses: [parentEmail] });
    expect(decide(contact, reminder(toParent), noon)).toMatchObject({ reason: 'PR_NOT_ACTIVE', evidence: [] });
    const twice = { ...contact, personal_representatives: [parent({ authority: 'guardian' }), parent()] };
    expect(reasonOf(twice, reminder(toParent))).toBe('PR_NOT_ACTIVE');
  });
  test('reads at an address of its own', () => {
    const elsewhere = { ...email, holder: 'personal_representative', holder_record_id: 'rep-2' } as const;
    expect(reasonOf({ ...adult({}), addresses: [elsewhere] }, reminder(toParent))).toBe('ADDRESS_HOLDER_MISMATCH');
  });
});

describe('an involved person', () => {
  const involved = (changes: Parameters<typeof sister>[0] = {}) =>
    patient({ addresses: [sisterEmail], involved_persons: [sister(changes)] });

  test('hears of appointments, care and bills, and of nothing else', () => {
    expect(reasonOf(involved(), reminder(toSister))).toBe('PERMIT_TREATMENT');
    expect(reasonOf(involved(), reminder({ ...toSister, purpose: 'care_coordination' }))).toBe('PERMIT_TREATMENT');
    expect(reasonOf(involved(), reminder({ ...toSister, purpose: 'satisfaction_survey' }))).toBe(
      'INVOLVED_PERSON_NOT_PERMITTED',
    );
    expect(reasonOf(involved(), reminder({ ...toSister, promotions: [promotion()] }))).toBe(
      'INVOLVED_PERSON_NOT_PERMITTED',
    );
  });
  test('hears so long as the agreement lasts', () => {
    expect(reasonOf(involved({ ended_at: noon }), reminder(toSister))).toBe('INVOLVED_PERSON_NOT_PERMITTED');
    expect(reasonOf(involved({ agreed_at: null }), reminder(toSister))).toBe('INVOLVED_PERSON_NOT_PERMITTED');
  });
});

test('an authorization speaks of the promotions that are marketing, not of those beside them', () => {
  const forOwnParking = authorization({ purposes: ['marketing.own'], promoted_parties: [] });
  const parking = promotion({ what: 'own_other' });
  const beside = [parking, drug(), promotion({ what: 'third_party', individualized_treatment: true })];
  const contact = patient({ consents: [forOwnParking] });
  expect(reasonOf(contact, ownService({ promotions: beside }))).toBe('PERMIT_AUTHORIZED');
  expect(reasonOf(contact, ownService({ promotions: [...beside, device] }))).toBe('AUTH_SCOPE_PARTNER');
});
