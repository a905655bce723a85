import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Wishes } from '../../../lib/core/contact/preferences.ts';
import { applyWishes, preferencesOf } from '../../../lib/core/contact/preferences.ts';
import { ContactRecord } from '../../../lib/core/contact/record.ts';
import { Contact } from '../../../lib/core/consent/contact.ts';
import { defaults } from '../../../lib/core/consent/policy.ts';
import { contactFor, policyFor } from '../../../lib/core/engine/message.ts';
import { Instant } from '../../../lib/core/time.ts';
import { contactId, someRecord } from '../../fixtures/contact.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const shownAt = Instant.parse('2026-11-02T14:00:00.000Z');
const now = Instant.parse('2026-11-02T14:05:00.000Z');
const context = { organisation: someOrganisation, shownIn: 'en', shownAt, now } as const;
const later = { ...context, shownAt: now, now: Instant.parse('2026-11-02T14:10:00.000Z') };
const none: Wishes = { email: {}, text: {}, stop: {}, frequency: undefined, language: undefined };
const wish = (wishes: Partial<Wishes>, record = someRecord, at = context) => applyWishes(record, { ...none, ...wishes }, at);

const yesNo = fc.constantFrom('yes' as const, 'no' as const);
const topics = fc.dictionary(fc.constantFrom('enrollment', 'partner-offers', 'unheard-of'), yesNo);
const wishes = fc.record({
  email: topics, text: topics,
  stop: fc.record({ commercial: fc.boolean(), sms: fc.boolean(), fundraising: fc.boolean() }, { requiredKeys: [] }),
  frequency: fc.constantFrom('usual' as const, 'weekly' as const, undefined),
  language: fc.constantFrom('en' as const, 'es' as const, undefined),
});

test('no wish is no change', () => {
  expect(wish({})).toBe(someRecord);
});

test('the same wishes twice are one change', () => {
  fc.assert(fc.property(wishes, (asked) => {
    const once = wish(asked);
    expect(wish(asked, once)).toBe(once);
  }));
});

test('what a person wishes is what stands then, and the consent engine can read it', () => {
  fc.assert(fc.property(wishes, wishes, (first, second) => {
    const record = wish(second, wish(first), later);
    const preferences = preferencesOf(record, someOrganisation);
    for (const { id } of someOrganisation.topics) {
      expect(preferences.email[id]).toBe(second.email[id] ?? first.email[id]);
      expect(preferences.text[id]).toBe(second.text[id] ?? first.text[id]);
    }
    expect(preferences).toMatchObject({ frequency: second.frequency ?? first.frequency, language: second.language ?? first.language });
    expect(ContactRecord.safeParse(record).success).toBe(true);
    expect(Contact.safeParse(contactFor(contactId(1), record, [])).success).toBe(true);
  }));
});

test('nothing that was ever kept is taken away', () => {
  fc.assert(fc.property(wishes, wishes, (first, second) => {
    const before = wish(first);
    const after = wish(second, before, later);
    const ids = (record: ContactRecord) => [...record.standing.consents, ...record.standing.suppressions].map(({ id }) => id);
    expect(ids(after).filter((id, index) => ids(after).indexOf(id) !== index)).toEqual([]);
    for (const id of ids(before)) expect(ids(after)).toContain(id);
    expect((after.choices ?? []).slice(0, before.choices?.length ?? 0)).toEqual(before.choices ?? []);
  }));
});

test('a yes to email is an express opt-in with the words that were shown', () => {
  expect(wish({ email: { enrollment: 'yes' } }).standing.consents).toMatchObject([{
    type: 'email_opt_in', method: 'express', topics: ['enrollment'], sender_ids: ['northside-health'], captured_at: now, revocation: null,
    capture: { source: 'preference-page', version: 'preferences-1', language: 'en', wording: expect.stringMatching(/^Plan enrollment – By email: Yes\. /u) },
  }]);
});

test('a no ends the opt-in and stops the topic on that channel alone', () => {
  const { standing } = wish({ email: { enrollment: 'no' } }, wish({ email: { enrollment: 'yes' } }));
  expect(standing.consents).toMatchObject([{ revocation: { received_at: now, via: 'preference-page' } }]);
  expect(standing.suppressions).toMatchObject([{ scope: 'topic', topic: 'enrollment', channel: 'email', released_at: null }]);
});

test('leaving promotions keeps what was chosen for each topic', () => {
  const record = wish({ stop: { commercial: true } }, wish({ email: { enrollment: 'yes' } }));
  expect(preferencesOf(record, someOrganisation)).toMatchObject({ email: { enrollment: 'yes' }, stop: { commercial: true } });
});

test('what was stopped after the page was shown stays stopped', () => {
  const stoppedAt = '2026-11-02T14:01:00.000Z';
  const suppressions = [{ id: 'u-1', scope: 'commercial', topic: null, received_at: stoppedAt, released_at: null, source: 'unsubscribe' }];
  const stopped = { ...someRecord, standing: { ...someRecord.standing, suppressions } };
  expect(wish({ stop: { commercial: false } }, stopped)).toBe(stopped);
});

test('a wish for fewer messages is one more cap, and never loosens the organisation\'s own', () => {
  const own = { caps_email_commercial: [[2, 604_800]] };
  expect(policyFor(wish({ frequency: 'weekly' }), { policy: own })).toEqual({ caps_email_commercial: [[2, 604_800], [1, 604_800]] });
  expect(policyFor(wish({ frequency: 'weekly' }), { policy: {} })['caps_email_commercial']).toEqual([...defaults.caps_email_commercial, [1, 604_800]]);
  expect(policyFor(wish({ frequency: 'usual' }), { policy: own })).toBe(own);
});
