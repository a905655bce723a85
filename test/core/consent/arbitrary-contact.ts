import * as fc from 'fast-check';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { consent } from './arbitrary-consent.ts';
import { absent, classesOrAll, early, few, heldClasses, moments, mostly, no, rarely, seldom, yes } from './draws.ts';

const event = fc.record({ id: fc.constant('ev'), at: early });
const address = fc.record({
  holder: mostly<Contact['addresses'][number]['holder']>('individual', 9, 'personal_representative', 'involved_person'),
  holder_record_id: fc.constantFrom('rep-0', 'inv-0'),
  verified: yes,
  bounce: rarely(
    fc.record({ id: fc.constant('bo-1'), kind: fc.constantFrom('hard' as const, 'soft' as const), at: early }),
  ),
  complaint: rarely(fc.record({ id: fc.constant('cp-1'), at: early })),
  reassigned: rarely(fc.record({ id: fc.constant('ra-1'), at: early })),
});

/** Gives records ids of their place, so that no two of a list share one. */
const numbered = <T extends { id: string }>(prefix: string, records: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  records.map((list) => list.map((record, place) => ({ ...record, id: `${prefix}-${place}` })));

export const contact: fc.Arbitrary<Contact> = fc.record({
  contact_id: fc.constant('ct-1'),
  relationship: mostly<Contact['relationship']>('patient', 2, 'former_patient', 'plan_member', 'prospect', 'prospect'),
  state: fc.constantFrom('OH', 'CA', 'TX', 'FL', 'WA', null),
  time_zone: mostly<string | null>(
    'America/New_York',
    4,
    'America/Chicago',
    'America/Los_Angeles',
    'America/Phoenix',
    null,
  ),
  birth_date: mostly('1979-04-12', 6, '2008-04-02', '2008-02-29', '2012-09-30'),
  emancipated: no,
  deceased: rarely(fc.record({ id: fc.constant('de-1'), recorded_at: early })),
  addresses: fc.tuple(address, address).map(([first, second]) => [
    { ...first, address_id: 'em-1', channel: 'email' as const },
    { ...second, address_id: 'ph-1', channel: 'sms' as const },
  ]),
  suppressions: numbered(
    'su',
    few(
      fc.record({
        id: fc.constant(''),
        scope: mostly<Contact['suppressions'][number]['scope']>(
          'commercial',
          1,
          'topic',
          'topic',
          'sms',
          'fundraising',
          'fundraising',
          'all',
        ),
        topic: fc.constantFrom('news', 'devices', null),
        received_at: early,
        released_at: absent(early),
        source: fc.constant('unsubscribe'),
      }),
      1,
    ),
  ),
  restrictions: numbered(
    're',
    few(
      fc.record({
        id: fc.constant(''),
        kind: fc.constantFrom('agreed' as const, 'oop_health_plan' as const),
        uses: few(
          fc.constantFrom(
            'treatment' as const,
            'payment' as const,
            'operations' as const,
            'marketing' as const,
            'all' as const,
          ),
        ),
        classes: classesOrAll,
        items: few(fc.constantFrom('svc-1', 'svc-2')),
        agreed_at: absent(early),
        terminated_at: absent(early),
        terminated_by: fc.constantFrom('individual' as const, 'mutual' as const, 'entity' as const, null),
      }),
      1,
    ),
  ),
  confidential_communications: numbered(
    'cc',
    few(
      fc.record({
        id: fc.constant(''),
        received_at: early,
        ended_at: seldom(early),
        address_ids: mostly(['em-1', 'ph-1'], 6, ['em-1'], []),
      }),
      1,
    ),
  ),
  personal_representatives: numbered(
    'rep',
    few(
      fc.record({
        id: fc.constant(''),
        authority: fc.constantFrom(
          'parent' as const,
          'guardian_of_minor' as const,
          'guardian' as const,
          'health_care_poa' as const,
        ),
        documented_at: mostly<string | null>('2024-01-10T15:00:00Z', 5, null, ...moments),
        ends_at: seldom(early),
        scope_classes: classesOrAll,
        blocked: seldom(event.map(({ at }) => ({ id: 'bl-1', at }))),
      }),
    ),
  ),
  involved_persons: numbered(
    'inv',
    few(fc.record({ id: fc.constant(''), agreed_at: absent(early), ended_at: seldom(early), classes: heldClasses })),
  ),
  minor_consented_services: mostly<string[]>([], 1, ['svc-1']),
  consents: numbered('co', fc.array(consent, { minLength: 4, maxLength: 12 })),
  send_history: few(
    fc.record({ at: early, channel: fc.constantFrom('email' as const, 'sms' as const), commercial: fc.boolean() }),
    3,
  ),
});
