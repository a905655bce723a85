import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import type { ConsentRecord } from '../../../lib/core/consent/records.ts';
import { isGroup } from '../../../lib/core/consent/rule.ts';
import { table } from '../../../lib/core/consent/table.ts';
import { contact as anyContact } from './arbitrary-contact.ts';
import { scene, shifted } from './arbitrary-scene.ts';
import { phone, request, restriction, suppression } from './builders.ts';
import { authorization, optIn, textConsent } from './forms.ts';

const runs = { numRuns: 5000 };

const withRevocation = (record: ConsentRecord, receivedAt: string): ConsentRecord => ({
  ...record,
  revocation: { received_at: receivedAt, in_writing: true, via: 'portal' },
});

describe('withdrawal beats every grant', () => {
  const granted = new Set([
    'HIPAA_AUTHORIZATION',
    'PART2_CONSENT',
    'TCPA_PEWC',
    'TCPA_PEC',
    'CONSUMER_OPT_IN',
    'CHD_CONSENT',
    'ELECTRONIC_NOTICE_AGREEMENT',
    'UNENCRYPTED_PREFERENCE',
  ]);

  test('no permit rests on a consent once every consent is revoked', () => {
    fc.assert(
      fc.property(scene, ({ contact, message, now }) => {
        const consents = contact.consents.map((record) => withRevocation(record, now));
        const { basis } = decide({ ...contact, consents }, message, now);
        expect(basis.filter((code) => granted.has(code))).toEqual([]);
      }),
      runs,
    );
  });

  test('one revoked authorization ends every authorization of its purposes that was captured before', () => {
    fc.assert(
      fc.property(scene, ({ contact, message, now }) => {
        const purposes = contact.consents.flatMap((record) => ('purposes' in record ? record.purposes : []));
        const revoked = withRevocation(authorization({ id: 'co-withdrawn', purposes }), now);
        const made = decide({ ...contact, consents: [...contact.consents, revoked] }, message, now);
        expect(made.reason).not.toBe('PERMIT_AUTHORIZED');
      }),
      runs,
    );
  });

  test('a wish to get nothing is obeyed', () => {
    fc.assert(
      fc.property(scene, ({ contact, message, now }) => {
        const suppressions = [...contact.suppressions, suppression('all', { received_at: now })];
        expect(decide({ ...contact, suppressions }, message, now).decision).toBe('deny');
      }),
      runs,
    );
  });
});

test('without a grant no marketing of a covered entity is permitted', () => {
  fc.assert(
    fc.property(scene, ({ contact, message, now }) => {
      const consents = contact.consents.filter(({ type }) => type !== 'hipaa_authorization');
      const sender = { ...message.sender, entity_type: 'provider' } as const;
      const marketing = { ...message, sender, purpose: 'marketing', data_origin: 'covered_entity_records' } as const;
      expect(decide({ ...contact, consents }, marketing, now).decision).toBe('deny');
      expect(decide({ ...contact, consents }, { ...message, sender }, now).reason).not.toBe('PERMIT_AUTHORIZED');
    }),
    runs,
  );
});

test('a permit relies only on consents that stand', () => {
  fc.assert(
    fc.property(scene, ({ contact, message, now }) => {
      const made = decide(contact, message, now);
      const relied = contact.consents.filter(({ id }) => made.decision === 'permit' && made.evidence.includes(id));
      for (const { captured_at: capturedAt, revocation } of relied) {
        expect(Date.parse(capturedAt)).toBeLessThanOrEqual(Date.parse(now));
        expect(revocation === null || Date.parse(revocation.received_at) > Date.parse(now)).toBe(true);
      }
    }),
    runs,
  );
});

/** The records of `other` as if each came to pass a minute after `now`, and later ends for those that are open. */
const laterFacts = (contact: Contact, other: Contact, now: string): Contact => {
  const at = shifted(now, 60_000);
  const later = <T extends { id: string }>(records: readonly T[], changes: (record: T) => Partial<T>): T[] =>
    records.map((record) => ({ ...record, ...changes(record), id: `later-${record.id}` }));
  return {
    ...contact,
    deceased: contact.deceased ?? { id: 'later-de', recorded_at: at },
    addresses: contact.addresses.map((address) => ({
      ...address,
      bounce: address.bounce ?? { id: 'later-bo', kind: 'hard', at },
      complaint: address.complaint ?? { id: 'later-cp', at },
      reassigned: address.reassigned ?? { id: 'later-ra', at },
    })),
    suppressions: [
      ...contact.suppressions.map((one) => ({ ...one, released_at: one.released_at ?? at })),
      ...later(other.suppressions, () => ({ received_at: at })),
    ],
    restrictions: [
      ...contact.restrictions.map((one) => ({ ...one, terminated_at: one.terminated_at ?? at })),
      ...later(other.restrictions, () => ({ agreed_at: at })),
    ],
    confidential_communications: [
      ...contact.confidential_communications.map((one) => ({ ...one, ended_at: one.ended_at ?? at })),
      ...later(other.confidential_communications, () => ({ received_at: at })),
    ],
    personal_representatives: contact.personal_representatives.map((one) => ({
      ...one,
      ends_at: one.ends_at ?? at,
      blocked: one.blocked ?? { id: 'later-bl', at },
    })),
    involved_persons: contact.involved_persons.map((one) => ({ ...one, ended_at: one.ended_at ?? at })),
    consents: [
      ...contact.consents.map((record) => (record.revocation === null ? withRevocation(record, at) : record)),
      ...later(other.consents, () => ({ captured_at: at, revocation: null })),
    ],
    send_history: [...contact.send_history, ...other.send_history.map((sent) => ({ ...sent, at }))],
  };
};

test('a later fact never changes the replay of an earlier decision', () => {
  fc.assert(
    fc.property(scene, anyContact, ({ contact, message, now }, other) => {
      const then = decide(contact, message, now);
      expect(decide(laterFacts(contact, other, now), message, now)).toEqual(then);
    }),
    runs,
  );
});

/** Each key as far as the law alone lets it go; hours are law and stay. */
const lawAlone: Partial<Policy> = {
  honor_any_revocation: false,
  revocation_sweeps: false,
  reauthorize_when_representation_ends: false,
  complaint_blocks_all: false,
  require_verified_address: false,
  minor_marketing_allowed: true,
  allow_third_party_lists: true,
  part2_require_consent_for_own_program: false,
  sms_allowed_content: ['contact_info', 'appointment_logistics'],
  subject_allowed_classes: ['contact_info', 'appointment_logistics'],
  sensitive_content_classes: [],
  health_education_is_commercial: false,
  paid_refill_is_commercial: false,
  require_one_click: false,
  require_opt_in_consumer: false,
  chd_states: ['WA', 'NV'],
  complaint_rate_stop: 2,
  caps_email_commercial: [],
  caps_sms: [],
};

test('no loosening of the policy permits what the law alone denies', () => {
  const rows = table.flatMap((row) => (isGroup(row) ? row.codes : [row]));
  const legal = new Set<string>(rows.filter(({ kind }) => kind !== 'policy').map(({ code }) => code));
  const keys = Object.keys(lawAlone) as (keyof Policy)[];
  fc.assert(
    fc.property(scene, fc.subarray(keys), ({ contact, message, now }, loosened) => {
      const { reason } = decide(contact, message, now, lawAlone);
      fc.pre(legal.has(reason));
      const policy = Object.fromEntries(loosened.map((key) => [key, lawAlone[key]]));
      expect(decide(contact, message, now, policy).decision).toBe('deny');
    }),
    runs,
  );
});

test('a record that concerns something else changes nothing', () => {
  fc.assert(
    fc.property(scene, ({ contact, message, now }) => {
      const past = '2025-02-01T00:00:00Z';
      const crowded: Contact = {
        ...contact,
        addresses: [...contact.addresses, { ...phone, address_id: 'ph-other', reassigned: { id: 'x-ra', at: past } }],
        suppressions: [
          ...contact.suppressions,
          suppression('topic', { id: 'x-topic', topic: 'something else' }),
          suppression('all', { id: 'x-over', received_at: past, released_at: now }),
        ],
        restrictions: [...contact.restrictions, restriction({ id: 'x-re', kind: 'oop_health_plan', items: ['other'] })],
        confidential_communications: [
          ...contact.confidential_communications,
          request({ id: 'x-cc', received_at: past, ended_at: now, address_ids: [] }),
        ],
        consents: [
          ...contact.consents,
          textConsent({ id: 'x-number', address_id: 'ph-other' }),
          textConsent({ id: 'x-seller', seller_ids: ['another'] }),
        ],
        send_history: [...contact.send_history, { at: past, channel: 'sms', commercial: true }],
      };
      expect(decide(crowded, message, now)).toEqual(decide(contact, message, now));
    }),
    runs,
  );
});

test('a temporary denial ends at the time it names and no earlier', () => {
  const consents = [textConsent(), optIn(), authorization({ channels: ['email', 'sms'] })];
  fc.assert(
    fc.property(scene, fc.integer({ min: 0, max: 31_536_000 }), (drawn, seconds) => {
      const { message } = drawn;
      const now = shifted('2026-01-10T00:00:00Z', seconds * 1000);
      const contact = { ...drawn.contact, consents, suppressions: [], confidential_communications: [] };
      const made = decide(contact, message, now);
      if (!('retry_at' in made) || made.retry_at === undefined) return;
      expect(Date.parse(made.retry_at)).toBeGreaterThan(Date.parse(now));
      expect(decide(contact, message, made.retry_at).reason).not.toBe(made.reason);
      expect(decide(contact, message, shifted(made.retry_at, -1)).decision).toBe('deny');
    }),
    { numRuns: 10_000 },
  );
});
