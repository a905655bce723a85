import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ConsentRequest, recordConsent } from '../../functions/record-consent/handler.ts';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';
import { organisation, someOrganisation } from '../fixtures/organisation.ts';

let engines: VaultEngines;
let store: ContactStore;
let contact: ContactId;
let count = 0;
beforeAll(async () => {
  engines = await startVaultEngines();
  store = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    journeysTable: engines.journeysTable,
    segments: segments(engines.runtime, engines.journeysTable),
  });
});
afterAll(() => engines.stop());
const now = Instant.parse('2026-11-02T09:00:00.000Z');
const later = Instant.parse('2026-11-03T09:00:00.000Z');
beforeEach(async () => {
  count += 1;
  contact = contactId(count);
  await store.create(contact, someRecord, { memberships: [], source: `ehr/${count}`, at: now });
});

const optIn = {
  type: 'email_opt_in', id: 'oi-1', captured_at: '2026-10-01T10:00:00Z', evidence_ref: 'form/7', revocation: null,
  method: 'express', sender_ids: ['org'], topics: ['*'],
};
const ask = (body: object, at = now) =>
  recordConsent({
    contacts: store, clock: { now: () => at }, organisation: someOrganisation,
    withdraw: withdrawing(engines.runtime, { journeysTable: engines.journeysTable, contacts: store, organisation }),
  })(ConsentRequest.parse({ contact, ...body }));
const standing = async () => {
  const opened = await store.open(contact);
  return { version: opened?.gate.version, ...opened?.record.open().standing };
};
const coded = (code: string) => expect.objectContaining({ code });

test('a consent is kept as it was captured, and moves the gate', async () => {
  expect(await ask({ record: optIn })).toEqual({ status: 201, json: { contact, changed: true } });
  expect(await standing()).toMatchObject({ version: 2, consents: [optIn] });
});

test('the same consent again is no change', async () => {
  await ask({ record: optIn });
  expect(await ask({ record: optIn })).toEqual({ status: 200, json: { contact, changed: false } });
  expect(await standing()).toMatchObject({ version: 2, consents: [optIn] });
});

test('a known id with another content is refused', async () => {
  await ask({ record: optIn });
  await expect(ask({ record: { ...optIn, topics: ['news'] } })).rejects.toThrow(coded('consent.changed'));
  expect((await standing()).consents).toEqual([optIn]);
});

test('a revocation is kept with its instant, and moves the gate', async () => {
  await ask({ record: optIn });
  await ask({ consent: 'oi-1', inWriting: true, via: 'letter' }, later);
  expect(await standing()).toMatchObject({
    version: 3, consents: [{ id: 'oi-1', revocation: { received_at: later, in_writing: true, via: 'letter' } }],
  });
});

test('a second revocation leaves the first one standing', async () => {
  await ask({ record: optIn });
  await ask({ consent: 'oi-1' }, now);
  await ask({ consent: 'oi-1', via: 'phone' }, later);
  expect((await standing()).consents).toMatchObject([{ revocation: { received_at: now, via: 'api' } }]);
});

test('a revoked consent that is sent again stays revoked', async () => {
  await ask({ record: optIn });
  await ask({ consent: 'oi-1' });
  await ask({ record: optIn }, later);
  expect((await standing()).consents).toMatchObject([{ revocation: { received_at: now } }]);
});

test('the revocation of an unknown consent says so', async () => {
  await expect(ask({ consent: 'oi-9' })).rejects.toThrow(coded('consent.unknown'));
});

test('a consent of an unknown contact says so', async () => {
  await expect(ask({ contact: contactId(9999), record: optIn })).rejects.toThrow(coded('contact.unknown'));
});

test('a suppression is kept once for as long as it stands', async () => {
  await ask({ suppression: { scope: 'commercial', source: 'phone' } });
  await ask({ suppression: { scope: 'commercial', source: 'letter' } }, later);
  expect((await standing()).suppressions).toEqual([{
    id: 'suppression-1', scope: 'commercial', topic: null, received_at: now, released_at: null, source: 'phone',
  }]);
});

test.each([
  ['nothing', {}],
  ['two things at once', { record: optIn, consent: 'oi-1' }],
  ['a record that comes revoked', { record: { ...optIn, revocation: { received_at: now, in_writing: true, via: 'x' } } }],
  ['a record of unknown type', { record: { ...optIn, type: 'verbal' } }],
  ['a record that lacks an element', { record: { ...optIn, topics: undefined } }],
  ['a topic suppression without its topic', { suppression: { scope: 'topic', source: 'phone' } }],
])('a request with %s is refused', (_, body) => {
  expect(ConsentRequest.safeParse({ contact: contactId(1), ...body }).success).toBe(false);
});

const fhirConsent = (patient: string) => ({
  resourceType: 'Consent', id: 'k-1', status: 'active', dateTime: '2026-10-01T10:00:00Z', patient: { reference: `Patient/${patient}` },
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  provision: { type: 'deny', purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HMARKT' }] },
});
const importedFromFhir = async (patient: string) => {
  contact = contactId(count + 5000);
  await store.create(contact, someRecord, { memberships: [], source: `fhir/${patient}`, at: now });
};

test('a FHIR Consent of the patient goes in, and sent again is no change', async () => {
  await importedFromFhir('p-1');
  expect(await ask({ fhir: fhirConsent('p-1') })).toMatchObject({ status: 201 });
  expect(await ask({ fhir: fhirConsent('p-1') })).toMatchObject({ status: 200, json: { changed: false } });
  expect((await standing()).suppressions).toMatchObject([{ id: 'fhir-k-1', scope: 'commercial', received_at: '2026-10-01T10:00:00.000Z', source: 'fhir' }]);
});

test('a FHIR Consent of another patient is refused, and nothing is kept', async () => {
  await importedFromFhir('p-2');
  expect(await ask({ fhir: fhirConsent('p-1') })).toMatchObject({ status: 422, json: { changed: false, refused: [{ code: 'patient.other', path: 'patient' }] } });
  expect(await standing()).toMatchObject({ version: 1, suppressions: [] });
});

const capture = { source: 'desk', version: 'leaflet-3', language: 'en', wording: 'Send me news about enrollment.' };

test('what the person was shown is kept with the consent, and does not make it another one', async () => {
  await ask({ record: optIn, capture });
  expect((await standing()).consents).toEqual([{ ...optIn, capture }]);
  expect(await ask({ record: optIn, capture })).toMatchObject({ json: { changed: false } });
});

test('an opt-out of one channel does not stand for all of them', async () => {
  const partly = { id: 's-1', scope: 'topic', topic: 'news', channel: 'email', received_at: now, released_at: null, source: 'preference-page' };
  await store.update(contact, (record) => ({ ...record, standing: { ...record.standing, suppressions: [partly] } }));
  await ask({ suppression: { scope: 'topic', topic: 'news', source: 'phone' } });
  expect((await standing()).suppressions).toMatchObject([partly, { scope: 'topic', topic: 'news', source: 'phone' }]);
});
