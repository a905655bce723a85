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

test('fundraising is refused while the link in a mail cannot stop it', () => {
  const message = messageFor(plan, organisation, 'm1', record.standing.addresses[0]?.address_id ?? '', 0);
  const decision = decide(contactFor('c1', record, []), message, now);
  expect([decision.decision, decision.reason]).toEqual(['deny', 'FUNDRAISING_OPT_OUT_OFFER']);
});
