import { expect, test } from 'vitest';
import { HipaaAuthorization } from '../../../lib/core/consent/records.ts';
import { patientOf, readFhirConsent } from '../../../lib/core/intake/fhir-consent.ts';
import { Instant } from '../../../lib/core/time.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const options = { organisation: someOrganisation, zone: 'America/New_York', now: Instant.parse('2026-11-02T14:00:00.000Z') };
const consent = {
  resourceType: 'Consent', id: 'k-1', status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/p-1' }, performer: [{ reference: 'Patient/p-1' }], dateTime: '2026-10-01T10:00:00-04:00',
  policy: [{ uri: 'https://mail.northside.example/forms/partner-programs/1' }],
  sourceAttachment: { hash: 'q1w2e3' },
  provision: { type: 'permit', purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HMARKT' }] },
};
const denial = { ...consent, policy: undefined, sourceAttachment: undefined, provision: { ...consent.provision, type: 'deny' } };
const read = (resource: unknown) => readFhirConsent(resource, options);
const refused = (resource: unknown) => {
  const outcome = read(resource);
  return 'refused' in outcome ? outcome.refused.map(({ code, path }) => `${code} ${path}`) : outcome;
};

test('a permission that names a form of the organisation is an authorization with what that form says', () => {
  const outcome = read(consent);
  if (!('record' in outcome)) throw new Error('the Consent gave no record');
  expect(HipaaAuthorization.parse(outcome.record)).toMatchObject({
    id: 'fhir-k-1', captured_at: '2026-10-01T14:00:00.000Z', evidence_ref: 'q1w2e3', purposes: ['marketing.third_party'],
    information: { classes: ['contact_info', 'diagnosis'] }, expiration: { kind: 'date', at: '2027-10-01T04:00:00.000Z' }, signature: { method: 'fhir' },
  });
});

test('the end of the Consent counts where it is sooner than that of the form', () => {
  expect(read({ ...consent, provision: { ...consent.provision, period: { end: '2027-01-31' } } }))
    .toMatchObject({ record: { expiration: { at: '2027-01-31T05:00:00.000Z' } } });
});

test('the end of the form counts where that of the Consent is later', () => {
  expect(read({ ...consent, provision: { ...consent.provision, period: { end: '2099-01-31' } } }))
    .toMatchObject({ record: { expiration: { at: '2027-10-01T04:00:00.000Z' } } });
});

test('a denial of marketing stops commercial messages from its date on', () => {
  expect(read(denial)).toEqual({ suppression: { id: 'fhir-k-1', scope: 'commercial', receivedAt: '2026-10-01T14:00:00.000Z', source: 'fhir' } });
});

test.each<[string, unknown, string]>([
  ['another resource', { ...consent, resourceType: 'Patient' }, 'consent.malformed resourceType'],
  ['a draft', { ...consent, status: 'draft' }, 'consent.not-active status'],
  ['one that has ended', { ...consent, status: 'inactive' }, 'consent.not-active status'],
  ['research', { ...consent, scope: { coding: [{ ...consent.scope.coding[0], code: 'research' }] } }, 'consent.scope scope'],
  ['a substance-use consent', { ...consent, category: [{ coding: [{ code: '42-CFR-2' }] }] }, 'consent.category category[0]'],
  ['a modifier', { ...consent, modifierExtension: [{ url: 'x' }] }, 'consent.modifier modifierExtension'],
  ['a policy rule instead of a provision', { ...consent, provision: undefined, policyRule: { text: 'OPTIN' } }, 'provision.missing provision.type'],
  ['no word on permit or deny', { ...consent, provision: { purpose: consent.provision.purpose } }, 'provision.missing provision.type'],
  ['exceptions', { ...consent, provision: { ...consent.provision, provision: [{ type: 'deny' }] } }, 'provision.nested provision.provision'],
  ['certain data only', { ...consent, provision: { ...consent.provision, securityLabel: [{ code: 'R' }] } }, 'provision.narrowed provision.securityLabel'],
  ['no purpose', { ...consent, provision: { type: 'permit' } }, 'purpose.unmapped provision.purpose'],
  ['treatment beside marketing', { ...consent, provision: { ...consent.provision, purpose: [...consent.provision.purpose, { code: 'TREAT' }] } }, 'purpose.unmapped provision.purpose'],
  ['a form that is not ours', { ...consent, policy: [{ uri: 'https://elsewhere.example/forms/partner-programs/1' }] }, 'form.unknown policy'],
  ['an older version of a form', { ...consent, policy: [{ uri: 'https://mail.northside.example/forms/partner-programs/0' }] }, 'form.unknown policy'],
  ['another signer', { ...consent, performer: [{ reference: 'RelatedPerson/r-1' }] }, 'performer.unmapped performer'],
  ['no evidence', { ...consent, sourceAttachment: undefined }, 'evidence.missing sourceAttachment.hash'],
  ['a year for a date', { ...consent, dateTime: '2026' }, 'date.imprecise dateTime'],
  ['a day that does not exist', { ...consent, dateTime: '2026-02-30' }, 'date.imprecise dateTime'],
  ['a date to come', { ...consent, dateTime: '2026-11-03T00:00:00Z' }, 'date.future dateTime'],
  ['a start to come', { ...consent, provision: { ...consent.provision, period: { start: '2026-12-01' } } }, 'date.future provision.period.start'],
  ['a denial for a time', { ...denial, provision: { ...denial.provision, period: { end: '2027-01-01' } } }, 'provision.narrowed provision.period'],
])('%s is refused with its place', (_, resource, finding) => {
  expect(refused(resource)).toEqual([finding]);
});

test('a report of refusal shows no value of the Consent', () => {
  const marked = JSON.stringify(read({ ...consent, status: 'CANARY', dateTime: 'CANARY', provision: { type: 'permit', CANARY1: 'CANARY' } }));
  expect(marked).not.toContain('CANARY');
});

test.each([
  ['Patient/p-1', 'p-1'], ['https://ehr.example/fhir/Patient/p-1', 'p-1'], ['#p-1', undefined], ['Group/p-1', undefined],
])('the patient of %s is %s', (reference, patient) => {
  expect(patientOf({ patient: { reference } })).toBe(patient);
});
