import { expect, test } from 'vitest';
import { stoppedRecord } from '../../../lib/core/engine/unsubscribe.ts';
import { stopLinkOf, stoppedBy } from '../../../lib/core/link/stop.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { someRecord } from '../../fixtures/contact.ts';

const now = '2026-11-02T14:00:00.000Z' as Instant;

const messageOf = (purpose: Plan['message']['purpose'], promotions: Plan['message']['promotions'] = []): Pick<Plan, 'message'> =>
  ({ message: { purpose, topic: null, content: [], subject: [], segment: [], promotions } });

const promotion: Plan['message']['promotions'][number] = {
  promotion_id: 'walks', what: 'own_health_service', owner_id: 'northside-health', individualized_treatment: false, drug_relation: null,
  lapsed_on: null, remuneration: { kind: 'none', payer: 'none', payee: null, amount_cents: null, reasonable_cost_cents: null, fair_market_value_cents: null },
  ca_chronic_condition: false,
};

const linkOf = (link: string, leg = 0) => ({ contact: `c_${'0'.repeat(26)}`, enrolment: `e_${'0'.repeat(26)}`, step: 'ask', leg, link });

const scopes = (record: ReturnType<typeof stoppedRecord>) => record.standing.suppressions.map((one) => one['scope']);

test.each([
  ['fundraising', [], 'stop-fundraising'],
  ['fundraising', [promotion], 'stop-promotion-and-fundraising'],
  ['health_education', [], 'unsubscribe'],
  ['own_service_info', [promotion], 'unsubscribe'],
  ['appointment_reminder', [], undefined],
] as const)('mail for %s with promotions %j carries the link %s', (purpose, promotions, link) => {
  expect(stopLinkOf(messageOf(purpose, [...promotions]))).toBe(link);
});

test('each link stops its own scope, and the one for both stops both', () => {
  expect(scopes(stoppedRecord(someRecord, linkOf('unsubscribe'), now))).toEqual(['commercial']);
  expect(scopes(stoppedRecord(someRecord, linkOf('stop-fundraising'), now))).toEqual(['fundraising']);
  expect(scopes(stoppedRecord(someRecord, linkOf('stop-promotion-and-fundraising'), now))).toEqual(['commercial', 'fundraising']);
});

test('a link that leads anywhere else stops nothing', () => {
  expect(() => stoppedBy({ link: 'plan-page' })).toThrow('link.invalid');
  expect(() => stoppedBy({ link: 'toString' })).toThrow('link.invalid');
});

test('a wish that stands is not recorded again, and that of another mail is', () => {
  const once = stoppedRecord(someRecord, linkOf('unsubscribe', 1), now);
  expect(stoppedRecord(once, linkOf('unsubscribe', 1), now)).toBe(once);
  expect(stoppedRecord(once, linkOf('unsubscribe', 10), now).standing.suppressions).toHaveLength(2);
});
