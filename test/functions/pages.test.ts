import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AuthorizationRequest, showAuthorization } from '../../functions/show-authorization/handler.ts';
import { PreferencesRequest, showPreferences } from '../../functions/show-preferences/handler.ts';
import { unsubscribe } from '../../functions/unsubscribe/handler.ts';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { newPageId } from '../../lib/aws/page-id.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { consentView } from '../../lib/core/consent/view.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';
import { someOrganisation as organisation } from '../fixtures/organisation.ts';

let engines: VaultEngines;
let contacts: ContactStore;
let contact: ContactId;
let count = 0;
const now = Instant.parse('2026-11-02T14:00:00.000Z');
beforeAll(async () => {
  engines = await startVaultEngines();
  contacts = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    segments: segments(engines.runtime, engines.journeysTable), journeysTable: engines.journeysTable,
  });
});
afterAll(() => engines.stop());
beforeEach(async () => {
  count += 1;
  contact = contactId(count);
  await contacts.create(contact, someRecord, { memberships: [], source: `ehr/${count}`, at: now });
});

const clock = { now: () => now };
const withdraw = (of: ContactId) => withdrawing(engines.runtime, { journeysTable: engines.journeysTable, contacts, organisation })(of);
const request = (method: string) => ({ method, userAgent: '', lang: undefined, languages: 'en' });
const link = () => ({ contact, id: `a1b2c3d4${count}`, form: 'partner-programs', expiresAt: Instant.parse('2026-11-09T14:00:00.000Z') });
const preferences = (method: string, form: Record<string, string> = {}) =>
  showPreferences({ readLink: async () => link(), contacts, organisation, clock, withdraw })(PreferencesRequest.parse({ token: 't', form }), request(method));
const authorization = (method: string, form: Record<string, string> = {}) =>
  showAuthorization({ readLink: async () => link(), contacts, organisation, clock, newId: newPageId })(
    AuthorizationRequest.parse({ token: 't', form }), request(method));
const stop = (method: string) => unsubscribe({
  readLink: async () => ({ contact, enrolment: `e_${'0'.repeat(26)}`, step: 'invite', leg: 0, link: 'unsubscribe' }),
  sealPreferences: async () => 'sealed', newId: newPageId, contacts, organisation, clock, withdraw,
})({ token: 't' }, request(method));
const state = async () => {
  const opened = await contacts.open(contact);
  if (opened === undefined) throw new Error('the contact is gone');
  return { version: opened.gate.version, record: opened.record.open() };
};
const shown = { 'shown': now, 'shown-in': 'en' };
const signature = { version: '1', language: 'en', name: 'Ada Example', agree: 'yes' };

test.each([
  ['preferences', () => preferences('GET', { ...shown, 'stop-commercial': 'yes' })],
  ['the form', () => authorization('GET', signature)],
  ['the way out', () => stop('GET')],
])('a GET of %s, with whatever fields, changes nothing', async (_, get) => {
  expect(await get()).toMatchObject({ status: 200 });
  expect(await state()).toEqual({ version: 1, record: someRecord });
});

test('a POST that does not come from the page changes nothing', async () => {
  await preferences('POST', { 'List-Unsubscribe': 'One-Click' });
  expect((await state()).version).toBe(1);
});

test('a contact who is not there, or whose key was shredded, gets no page', async () => {
  const at = (open: ContactStore['open']) => showPreferences({ readLink: async () => link(), contacts: { ...contacts, open }, organisation, clock, withdraw })(
    { token: 't', form: {} }, request('GET'));
  await expect(at(async () => undefined)).rejects.toThrow(expect.objectContaining({ status: 404 }));
  await expect(at(() => Promise.reject(new SendwellError('contact.shredded')))).rejects.toThrow(expect.objectContaining({ status: 410 }));
});

test('saved choices move the gate of the contact, so that a send that read it before does not leave', async () => {
  await preferences('POST', { ...shown, 'email-enrollment': 'no' });
  expect((await state()).version).toBe(2);
});

test('signing keeps the record and the sealed form in one write, found again by its hash', async () => {
  await authorization('POST', signature);
  const { version, record } = await state();
  const [kept] = record.standing.consents;
  const document = await contacts.evidence(contact, String(kept?.['evidence_ref']));
  expect([version, kept?.id, JSON.parse(document?.open() ?? '{}')]).toMatchObject([2, `authorization-a1b2c3d4${count}`, { name: 'Ada Example', form: 'partner-programs' }]);
});

test('a form sent twice is signed once', async () => {
  await Promise.all([authorization('POST', signature), authorization('POST', signature)]);
  await authorization('POST', { ...signature, name: 'Someone Else' });
  const { record } = await state();
  expect(record.standing.consents).toHaveLength(1);
});

test.each([
  ['without a name', { ...signature, name: ' \u00A0. ' }],
  ['with the box unchecked', { version: '1', language: 'en', name: 'Ada Example' }],
  ['of another version than was shown', { ...signature, version: '0' }],
  ['that no page sent', {}],
])('a form %s is not signed', async (_, form) => {
  expect(await authorization('POST', form)).toMatchObject({ status: 422 });
  expect((await state()).version).toBe(1);
});

test('a one-click POST that is replayed is no second record and moves nothing', async () => {
  await stop('POST');
  const once = await state();
  await Promise.all([stop('POST'), stop('POST')]);
  expect(await state()).toEqual(once);
  expect(once.record.standing.suppressions).toHaveLength(1);
});

test('one-click POSTs at the same moment are one record', async () => {
  await Promise.all([stop('POST'), stop('POST'), stop('POST')]);
  expect((await state()).record.standing.suppressions).toHaveLength(1);
});

test('a person who undid an unsubscription can unsubscribe again by the same link', async () => {
  await stop('POST');
  await preferences('POST', shown);
  await stop('POST');
  const { record } = await state();
  expect(record.standing.suppressions.map(({ id, released_at }) => [id, released_at])).toEqual([
    [`unsubscribe-e_${'0'.repeat(26)}-invite-0`, now], [`unsubscribe-e_${'0'.repeat(26)}-invite-0-2`, null],
  ]);
});

test('the log tells what was chosen, signed and stopped, with source and wording', async () => {
  await authorization('POST', signature);
  await preferences('POST', { ...shown, 'email-enrollment': 'yes' });
  const { log, current } = consentView((await state()).record, organisation, now);
  expect(log.map(({ what, about, source }) => [what, about, source])).toEqual([
    ['captured', 'hipaa_authorization', 'form'], ['captured', 'email_opt_in', 'preference-page'], ['chosen', 'email enrollment yes', 'preference-page'],
  ]);
  expect([current.inForce.length, log.every(({ capture }) => (capture?.wording.length ?? 0) > 20)]).toEqual([2, true]);
});
