import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import { campaign, drug, patient, reminder } from './builders.ts';
import { authorization } from './forms.ts';

describe('a person comes of age at midnight of the local date', () => {
  const reasonAt = (now: string, changes: Partial<Contact>) => decide(patient(changes), reminder(), now).reason;
  const inNewYork = { birth_date: '2008-07-15' };
  const nowhere = { ...inNewYork, time_zone: null };
  const leapling = { birth_date: '2008-02-29' };

  test.each([
    ['a second before midnight in New York a minor', '2026-07-15T03:59:59Z', inNewYork, 'MINOR_DIRECT'],
    ['at midnight in New York an adult', '2026-07-15T04:00:00Z', inNewYork, 'PERMIT_TREATMENT'],
    ['without a zone a minor until midnight in Honolulu', '2026-07-15T09:59:59.999Z', nowhere, 'MINOR_DIRECT'],
    ['without a zone an adult from midnight in Honolulu', '2026-07-15T10:00:00Z', nowhere, 'PERMIT_TREATMENT'],
    ['born on 29 February a minor on 28 February', '2026-03-01T04:59:59Z', leapling, 'MINOR_DIRECT'],
    ['born on 29 February an adult on 1 March', '2026-03-01T05:00:00Z', leapling, 'PERMIT_TREATMENT'],
    ['emancipated an adult before', '2026-01-01T12:00:00Z', { ...inNewYork, emancipated: true }, 'PERMIT_TREATMENT'],
    [
      'ahead of UTC an adult on the evening before',
      '2026-07-14T14:00:00Z',
      { ...inNewYork, time_zone: 'Pacific/Guam' },
      'PERMIT_TREATMENT',
    ],
  ])('%s', (_, now, changes, reason) => {
    expect(reasonAt(now, changes)).toBe(reason);
  });
});

describe('a lapsed prescription is current for ninety local days', () => {
  const message = reminder({
    purpose: 'refill_reminder',
    promotions: [drug({ lapsed_on: '2026-01-01' })],
  });

  test.each([
    ['the ninetieth day is inside', '2026-04-02T03:59:59Z', 'PERMIT_REFILL_REMINDER'],
    ['the ninety-first is outside', '2026-04-02T04:00:00Z', 'AUTH_MISSING'],
  ])('%s', (_, now, reason) => {
    expect(decide(patient(), message, now).reason).toBe(reason);
  });
});

describe('a Californian authorization lasts one calendar year', () => {
  const held = (signedAt: string, longer: boolean): Contact => {
    const form = authorization({
      state_form: { ca_56_11: true, ca_longer_term_requested: longer, tx_181_154: false },
      expiration: { kind: 'date', at: '2030-01-01T00:00:00Z', event: null, event_occurred_at: null },
      captured_at: signedAt,
    });
    return patient({
      state: 'CA',
      time_zone: 'America/Los_Angeles',
      consents: [{ ...form, signature: { ...form.signature, signed_at: signedAt } }],
    });
  };

  test.each([
    [
      'a second before the year is over it holds',
      '2025-04-02T16:00:00Z',
      '2026-04-02T15:59:59Z',
      false,
      'PERMIT_AUTHORIZED',
    ],
    ['when the year is over it ends', '2025-04-02T16:00:00Z', '2026-04-02T16:00:00Z', false, 'AUTH_STATE_FORM'],
    [
      'a longer term that was asked for holds',
      '2025-04-02T16:00:00Z',
      '2026-04-02T16:00:00Z',
      true,
      'PERMIT_AUTHORIZED',
    ],
    [
      'the wall clock counts where the clocks changed',
      '2025-03-08T20:00:00Z',
      '2026-03-08T19:00:00Z',
      false,
      'AUTH_STATE_FORM',
    ],
    [
      'from 29 February it is over on 28 February',
      '2024-02-29T20:00:00Z',
      '2025-02-28T20:00:00Z',
      false,
      'AUTH_STATE_FORM',
    ],
  ])('%s', (_, signedAt, now, longer, reason) => {
    expect(decide(held(signedAt, longer), campaign(), now).reason).toBe(reason);
  });
});
