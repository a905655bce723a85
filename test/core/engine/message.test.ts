import { expect, test } from 'vitest';
import { decide } from '../../../lib/core/consent/decide.ts';
import { contactFor, messageFor } from '../../../lib/core/engine/message.ts';
import { Organisation } from '../../../lib/core/organisation.ts';
import { IntakeContact, toRecord } from '../../../lib/core/intake/contact.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import type { Instant } from '../../../lib/core/time.ts';
import cdk from '../../../cdk.json' with { type: 'json' };

const now = '2026-11-02T14:00:00.000Z' as Instant;
const organisation = Organisation.parse({ ...cdk.context.organisation, nppFundraisingStatement: true });
const record = toRecord(IntakeContact.parse({
  source: 'mrn/1', relationship: 'patient', state: 'OH', timeZone: 'America/New_York', birthDate: '1979-04-12', email: 'ann@example.test',
}), now);
const plan: Plan = {
  journey: 'gala', title: 'Gala', priority: 5, reenter: 'never', start: 'done',
  sender: { name: 'Northside', address: 'give@northside.example', replyTo: 'help@northside.example' },
  message: { purpose: 'fundraising', topic: null, content: [], subject: [], segment: ['demographic'], promotions: [] },
  enter: { segment: 'donors', because: 'fundraising' },
  steps: { done: { id: 'done', kind: 'end', visits: 1, outcome: 'completed' } },
};

const decisionOn = (given: Plan, by = organisation) => decide(
  contactFor('c1', record, []), messageFor(given, by, 'm1', record.standing.addresses[0]?.address_id ?? '', 0), now);

test('fundraising is permitted, since the link of its mail stops it', () => {
  expect(decisionOn(plan)).toMatchObject({ decision: 'permit', reason: 'PERMIT_FUNDRAISING' });
});

test('fundraising is refused where the notice of privacy practices does not tell of it', () => {
  expect(decisionOn(plan, { ...organisation, nppFundraisingStatement: false })).toMatchObject({ decision: 'deny', reason: 'FUNDRAISING_NPP_STATEMENT' });
});

test('only a fundraising message offers to stop fundraising', () => {
  const survey: Plan = { ...plan, message: { ...plan.message, purpose: 'health_education' } };
  expect([plan, survey].map((one) => messageFor(one, organisation, 'm1', 'a1', 0).form.fundraising_opt_out)).toEqual([true, false]);
});
