import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import {
  campaign,
  child,
  noon,
  parent,
  parentEmail,
  patient,
  reminder,
  request,
  restriction,
  suppression,
  text,
  toParent,
} from './builders.ts';
import { authorization, noticeAgreement, revokedAt, textConsent } from './forms.ts';

const secondAfter = '2026-04-02T16:00:01Z';
const secondBefore = '2026-04-02T15:59:59Z';

const outcome = (contact: Contact, message: Message, policy?: Partial<Policy>) => {
  const { reason, evidence } = decide(contact, message, noon, policy);
  return [reason, ...evidence];
};

describe('a fact counts from its instant on', () => {
  const suppressed = (receivedAt: string, releasedAt: string | null = null) =>
    patient({ suppressions: [suppression('all', { received_at: receivedAt, released_at: releasedAt })] });

  test('an opt-out received at the instant of sending counts', () => {
    expect(outcome(suppressed(noon), reminder())).toEqual(['SUPPRESSED_ALL', 'su-all']);
  });
  test('an opt-out received a microsecond later has not happened', () => {
    expect(outcome(suppressed('2026-04-02T16:00:00.000001Z'), reminder())).toEqual(['PERMIT_TREATMENT']);
  });
  test('an opt-out released at the instant of sending is over', () => {
    expect(outcome(suppressed(secondBefore, noon), reminder())).toEqual(['PERMIT_TREATMENT']);
  });
  test('a consent captured at the instant of sending counts', () => {
    const contact = patient({ consents: [textConsent({ captured_at: noon })] });
    expect(outcome(contact, text())).toEqual(['PERMIT_TREATMENT', 'tc-1']);
  });
  test('a consent captured later does not count', () => {
    const contact = patient({ consents: [textConsent({ captured_at: secondAfter })] });
    expect(outcome(contact, text())).toEqual(['SMS_CONSENT_MISSING']);
  });
  test('a signature after the instant of sending leaves the form incomplete', () => {
    const form = authorization();
    const contact = patient({ consents: [{ ...form, signature: { ...form.signature, signed_at: secondAfter } }] });
    expect(outcome(contact, campaign())).toEqual(['AUTH_INCOMPLETE', 'au-1']);
  });
  test('a representation that ends at the instant of sending has ended', () => {
    const contact = child({ addresses: [parentEmail], personal_representatives: [parent({ ends_at: noon })] });
    expect(outcome(contact, reminder(toParent))).toEqual(['PR_NOT_ACTIVE', 'rep-1']);
  });
  test('a restriction that was asked for and never agreed to binds nobody', () => {
    expect(outcome(patient({ restrictions: [restriction({ agreed_at: null })] }), reminder())).toEqual([
      'PERMIT_TREATMENT',
    ]);
  });
  test('a restriction that the entity alone ended still binds', () => {
    const ended = restriction({ terminated_at: secondBefore, terminated_by: 'entity' });
    expect(outcome(patient({ restrictions: [ended] }), reminder())).toEqual(['RESTRICTION_AGREED', 're-1']);
  });
  test('a restriction that the patient ended no longer binds', () => {
    const ended = restriction({ terminated_at: noon, terminated_by: 'individual' });
    expect(outcome(patient({ restrictions: [ended] }), reminder())).toEqual(['PERMIT_TREATMENT']);
  });
});

describe('of several records the newest speaks', () => {
  test('of two requests received together the greater id is in force', () => {
    const requests = [request({ id: 'cc-2', address_ids: [] }), request({ id: 'cc-1' })];
    for (const confidential of [requests, requests.toReversed()]) {
      const contact = patient({ confidential_communications: confidential });
      expect(outcome(contact, reminder())).toEqual(['CONFIDENTIAL_COMMUNICATION', 'cc-2']);
    }
  });
  test('an older form carries the message when the newer one fails', () => {
    const newer = authorization({ id: 'au-2', captured_at: '2026-02-01T00:00:00Z', known_false: true });
    expect(outcome(patient({ consents: [newer, authorization()] }), campaign())).toEqual(['PERMIT_AUTHORIZED', 'au-1']);
  });
  test('when every form fails the newest tells why', () => {
    const newer = authorization({ id: 'au-2', captured_at: '2026-02-01T00:00:00Z', known_false: true });
    const older = authorization({ conditioned_on: ['treatment'] });
    expect(outcome(patient({ consents: [older, newer] }), campaign())).toEqual(['AUTH_FALSE_INFORMATION', 'au-2']);
  });
  test('of two forms captured together the greater id tells why', () => {
    const consents = [authorization({ id: 'au-9', known_false: true }), authorization({ id: 'au-8', channels: [] })];
    for (const held of [consents, consents.toReversed()]) {
      expect(outcome(patient({ consents: held }), campaign())).toEqual(['AUTH_FALSE_INFORMATION', 'au-9']);
    }
  });
  test('an agreement to notices that stands is found behind a newer one that was revoked', () => {
    const newer = noticeAgreement({ id: 'en-2', captured_at: '2026-02-01T00:00:00Z', revocation: revokedAt(noon) });
    const contact = patient({ consents: [newer, noticeAgreement()] });
    expect(outcome(contact, reminder({ purpose: 'legal_notice' }))).toEqual(['PERMIT_LEGAL_NOTICE', 'en-1']);
  });
});

describe('a revocation sweeps', () => {
  const revoked = authorization({
    id: 'au-2',
    captured_at: '2026-02-01T00:00:00Z',
    revocation: revokedAt('2026-03-01T00:00:00Z', false),
  });

  test('an older form is not raised from the dead', () => {
    expect(outcome(patient({ consents: [authorization(), revoked] }), campaign())).toEqual(['AUTH_REVOKED', 'au-2']);
  });
  test('a form captured at the instant of the revocation falls too', () => {
    const same = authorization({ id: 'au-3', captured_at: '2026-03-01T00:00:00Z' });
    expect(outcome(patient({ consents: [same, revoked] }), campaign())).toEqual(['AUTH_REVOKED', 'au-3']);
  });
  test('a form captured after the revocation stands', () => {
    const later = authorization({ id: 'au-3', captured_at: '2026-03-01T00:00:01Z' });
    expect(outcome(patient({ consents: [later, revoked] }), campaign())).toEqual(['PERMIT_AUTHORIZED', 'au-3']);
  });
  test('a form for another purpose stands', () => {
    const other = { ...revoked, purposes: ['fundraising'] };
    expect(outcome(patient({ consents: [authorization(), other] }), campaign())).toEqual(['PERMIT_AUTHORIZED', 'au-1']);
  });
  test('each form stands alone where the policy says so', () => {
    const contact = patient({ consents: [authorization(), revoked] });
    expect(outcome(contact, campaign(), { revocation_sweeps: false })).toEqual(['PERMIT_AUTHORIZED', 'au-1']);
  });
  test('a spoken revocation of an authorization does not count where the policy asks for writing', () => {
    expect(outcome(patient({ consents: [revoked] }), campaign(), { honor_any_revocation: false })).toEqual([
      'PERMIT_AUTHORIZED',
      'au-2',
    ]);
  });
});

describe('a form ends as it says', () => {
  const never = { kind: 'event', at: null, event: 'end of the study', event_occurred_at: null } as const;
  const held = (expiration: ReturnType<typeof authorization>['expiration']) =>
    outcome(patient({ consents: [authorization({ expiration })] }), campaign())[0];

  test('with the event it names, from that instant on', () => {
    expect(held(never)).toBe('PERMIT_AUTHORIZED');
    expect(held({ ...never, event_occurred_at: secondAfter })).toBe('PERMIT_AUTHORIZED');
    expect(held({ ...never, event_occurred_at: noon })).toBe('AUTH_EXPIRED');
  });
  test('and by nothing of the other kind', () => {
    expect(held({ ...never, at: secondBefore })).toBe('PERMIT_AUTHORIZED');
    expect(held({ ...never, kind: 'date', at: secondAfter, event_occurred_at: secondBefore })).toBe(
      'PERMIT_AUTHORIZED',
    );
  });
  test('and is incomplete where it does not say', () => {
    expect(held({ ...never, event: null })).toBe('AUTH_INCOMPLETE');
    expect(held({ ...never, event: ' ' })).toBe('AUTH_INCOMPLETE');
    expect(held({ ...never, kind: 'date' })).toBe('AUTH_INCOMPLETE');
  });
});
