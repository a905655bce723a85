import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listRenewals, RenewalsRequest } from '../../functions/list-renewals/handler.ts';
import { ConsentRequest, recordConsent } from '../../functions/record-consent/handler.ts';
import { AuthorizationRequest, showAuthorization } from '../../functions/show-authorization/handler.ts';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { newPageId } from '../../lib/aws/page-id.ts';
import { monthsBetween, renewals } from '../../lib/aws/renewals.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { authorizationOf } from '../../lib/core/authorization/sign.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';
import { someOrganisation as organisation } from '../fixtures/organisation.ts';

const now = Instant.parse('2026-11-02T14:00:00.000Z');
const clock = { now: () => now };
const [form] = organisation.authorizationForms;
if (form === undefined) throw new Error('the example has no form');

let engines: VaultEngines;
let contacts: ContactStore;
let contact: ContactId;
let count = 0;
beforeAll(async () => {
  engines = await startVaultEngines();
  contacts = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    segments: segments(engines.runtime, engines.journeysTable), journeysTable: engines.journeysTable,
  });
});
afterAll(() => engines.stop());
const newContact = async (): Promise<void> => {
  count += 1;
  contact = contactId(count);
  await contacts.create(contact, someRecord, { memberships: [], source: `ehr/${count}`, at: now });
};
beforeEach(newContact);

const ask = (body: object) => recordConsent({ contacts, clock, organisation, withdraw: async () => 0 })(ConsentRequest.parse({ contact, ...body }));
const signed = (id: string, endsAt: string) => ({
  record: { ...authorizationOf({ form, organisation }, { id, evidence: 'e', signedAt: now, endsAt, method: 'typed_name', copyGiven: true }), revocation: null },
});
type Page = { readonly renewals: readonly { readonly contact: string; readonly record: string; readonly expiresAt: string }[]; readonly after: string | null };
const page = async (month: string, after?: string): Promise<Page> => {
  const answer = await listRenewals({ renewals: renewals(engines.runtime, engines.journeysTable) })(RenewalsRequest.parse({ month, ...(after === undefined ? {} : { after }) }));
  return 'json' in answer ? answer.json as Page : { renewals: [], after: null };
};
const counted = (from: string, until: string) => renewals(engines.runtime, engines.journeysTable).count(Instant.parse(from), Instant.parse(until));

test('an authorization recorded through the API is listed in the month of its end, in UTC, by ids alone', async () => {
  await ask(signed('auth-1', '2027-01-31T23:00:00-05:00'));
  expect(await page('2027-01')).toEqual({ month: '2027-01', renewals: [], after: null });
  expect(await page('2027-02')).toEqual({ month: '2027-02', renewals: [{ contact, record: 'auth-1', expiresAt: '2027-02-01T04:00:00.000Z' }], after: null });
});

test('an authorization signed on the page is listed too', async () => {
  const link = { contact, id: 'a1b2c3d4e5', form: 'partner-programs', expiresAt: Instant.parse('2026-11-09T14:00:00.000Z') };
  await showAuthorization({ readLink: async () => link, contacts, organisation, clock, newId: newPageId })(
    AuthorizationRequest.parse({ token: 't', form: { version: '1', language: 'en', name: 'Ada Example', agree: 'yes' } }),
    { method: 'POST', userAgent: '', lang: undefined, languages: 'en' });
  const kept = (await contacts.open(contact))?.record.open().standing.consents[0];
  const at = (kept?.['expiration'] as { readonly at: string } | undefined)?.at ?? '';
  const { renewals: listed } = await page(at.slice(0, 7));
  expect(listed).toEqual([{ contact, record: kept?.id, expiresAt: at }]);
});

test('a revoked authorization is listed no more', async () => {
  await ask(signed('auth-1', '2028-03-05T00:00:00.000Z'));
  expect((await page('2028-03')).renewals).toHaveLength(1);
  await ask({ consent: 'auth-1' });
  expect((await page('2028-03')).renewals).toEqual([]);
});

test('pages list everyone once, in the order of their ends', async () => {
  for (let made = 0; made < 103; made += 1) {
    await newContact();
    await ask(signed('auth-1', `2029-05-${String((made * 7) % 28 + 1).padStart(2, '0')}T00:00:00.000Z`));
  }
  const first = await page('2029-05');
  const second = await page('2029-05', first.after ?? '');
  const all = [...first.renewals, ...second.renewals];
  expect([first.renewals.length, second.after, new Set(all.map((one) => one.contact)).size]).toEqual([100, null, 103]);
  expect(all.map(({ expiresAt }) => expiresAt)).toEqual(all.map(({ expiresAt }) => expiresAt).toSorted());
});

test('what ends after the one instant and by the other is counted, over the turn of a year', async () => {
  for (const endsAt of ['2030-12-10T00:00:00.000Z', '2030-12-10T00:00:00.001Z', '2031-01-09T00:00:00.000Z', '2031-01-09T00:00:00.001Z']) {
    await newContact();
    await ask(signed('auth-1', endsAt));
  }
  expect(await counted('2030-12-10T00:00:00.000Z', '2031-01-09T00:00:00.000Z')).toBe(2);
});

test('the months between two instants are each named once', () => {
  const between = (from: string, until: string) => monthsBetween(Instant.parse(from), Instant.parse(until));
  expect(between('2026-11-30T00:00:00.000Z', '2027-02-01T00:00:00.000Z')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(between('2026-11-30T00:00:00.000Z', '2026-11-30T00:00:00.000Z')).toEqual(['2026-11']);
});

test.each(['2027-13', '2027', '2027-1', 'renewals'])('%s is no month', (month) => {
  expect(RenewalsRequest.safeParse({ month }).success).toBe(false);
});
