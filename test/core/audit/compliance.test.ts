import { expect, test } from 'vitest';
import { complianceOf } from '../../../lib/core/audit/compliance.ts';
import { Instant } from '../../../lib/core/time.ts';

const now = Instant.parse('2026-11-02T12:00:00.000Z');
const nothing = { stream: { delivered: 0, complaints: 0, rate: 0 }, versions: [], overall: {}, pending: [], renewals: { within30Days: 0, within90Days: 0 } };

test('without a send there is no rate, and without a withdrawal no duration', () => {
  expect(complianceOf(nothing, now)).toEqual({
    at: now,
    authorization: { permitted: 0, refused: 0, rate: null },
    refusals: { total: 0, byReason: {} },
    withdrawals: { completed: 0, medianSeconds: null, longestSeconds: null, pending: 0, oldestPendingSeconds: 0 },
    commercialStream: { delivered: 0, complaints: 0, rate: 0 },
    renewalsDue: { within30Days: 0, within90Days: 0 },
    followUps: { open: 0, opened: 0 },
  });
});

test('the rate is of the sends that needed an authorization, over all versions', () => {
  const versions = [
    { 'basis/HIPAA_AUTHORIZATION': 2, 'permit/PERMIT_TREATMENT': 50, 'refused/AUTH_REVOKED': 1 },
    { 'refused/AUTH_MISSING': 3, 'refused/OPTED_OUT_COMMERCIAL': 7 },
  ];
  const { authorization, refusals } = complianceOf({ ...nothing, versions }, now);
  expect(authorization).toEqual({ permitted: 2, refused: 4, rate: 0.3333 });
  expect([refusals.total, Object.entries(refusals.byReason)]).toEqual([11, [['OPTED_OUT_COMMERCIAL', 7], ['AUTH_MISSING', 3], ['AUTH_REVOKED', 1]]]);
});

test('the median and the longest time are those of all withdrawals that are complete', () => {
  const overall = { 'withdrawals/completed': 5, 'withdrawals/seconds/100': 1, 'withdrawals/seconds/0.2': 2, 'withdrawals/seconds/9': 2 };
  expect(complianceOf({ ...nothing, overall }, now).withdrawals).toMatchObject({ completed: 5, medianSeconds: 9, longestSeconds: 100 });
});

test('the oldest withdrawal under way tells its age, whatever their order', () => {
  const pending = ['2026-11-02T11:59:00.000Z', '2026-11-02T11:00:00.000Z', '2026-11-02T12:00:30.000Z'].map((receivedAt) => ({ receivedAt: Instant.parse(receivedAt) }));
  expect(complianceOf({ ...nothing, pending }, now).withdrawals).toMatchObject({ pending: 3, oldestPendingSeconds: 3600 });
});
