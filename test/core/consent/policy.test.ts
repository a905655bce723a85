import { expect, test } from 'vitest';

import { decide } from '../../../lib/core/consent/decide.ts';
import { digestOf } from '../../../lib/core/consent/digest.ts';
import { defaults, Policy } from '../../../lib/core/consent/policy.ts';
import { settingsOf } from '../../../lib/core/consent/settings.ts';
import { tableDigest } from '../../../lib/core/consent/table.ts';
import { noon, patient, reminder } from './builders.ts';

test('every key of the policy tells what the law alone would allow', () => {
  const silent = Object.entries(Policy.shape).filter(([, schema]) => !schema.meta()?.law);
  expect(silent.map(([key]) => key)).toEqual([]);
});

test('values of a tenant replace defaults key by key', () => {
  const settings = settingsOf({ sms_state_windows: { NY: { '*': ['10:00', '11:00'] } }, require_one_click: false });
  expect(settings?.policy).toEqual({
    ...defaults,
    sms_state_windows: { NY: { '*': ['10:00', '11:00'] } },
    require_one_click: false,
  });
});

test('a decision names its table and its policy', () => {
  const digests = (policy?: object) => decide(patient(), reminder(), noon, policy).digests;
  expect(digests()).toEqual({ table: tableDigest, policy: digestOf(defaults) });
  expect(digests({})).toEqual(digests());
  expect(digests({ require_one_click: true })).toEqual(digests());
  expect(digests({ require_one_click: false }).policy).not.toBe(digests().policy);
});

test('a policy object that changes is read anew', () => {
  const policy = { sms_allowed_content: ['contact_info' as const], require_verified_address: true };
  const unverified = patient({ addresses: patient().addresses.map((address) => ({ ...address, verified: false })) });
  expect(decide(unverified, reminder(), noon, policy).reason).toBe('ADDRESS_UNVERIFIED');
  policy.require_verified_address = false;
  expect(decide(unverified, reminder(), noon, policy).reason).toBe('PERMIT_TREATMENT');
});

test('a digest is FNV-1a over data in canonical form', () => {
  expect(digestOf('a')).toBe('d4272417d7c77eea');
  expect(digestOf({ a: 1, b: [2, null] })).toBe(digestOf({ b: [2, null], a: 1 }));
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
});
