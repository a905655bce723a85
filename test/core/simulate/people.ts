import * as fc from 'fast-check';
import defaults from '../../../cdk.json' with { type: 'json' };
import { Organisation } from '../../../lib/core/organisation.ts';
import { readMember } from '../../../lib/core/simulate/cohort.ts';
import type { Person, World } from '../../../lib/core/simulate/world.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';

export const startAt = '2026-11-02T14:00:00.000Z' as Instant;

/** A template of one link, which reads one field. */
export const plain = {
  template: 'plain', subject: 'News', text: 'Hello {{ contact.firstName }}, {{ links.more }} {{ links.unsubscribe }}',
  html: '<p>Hello {{ contact.firstName }}, <a href="{{ links.more }}">more</a> <a href="{{ links.unsubscribe }}">no more</a></p>',
  links: { more: 'https://news.example/more' },
};

export const worldOf = (plan: Plan, days: number): World => ({
  version: { plan, templates: { plain } }, organisation: Organisation.parse(defaults.context.organisation),
  behaviour: { seed: 1, reactions: [] }, until: addSeconds(startAt, days * 86_400),
});

/** A contact; `index` makes the id. */
export const personOf = (index: number, changes: object = {}): Person => {
  const read = readMember({
    source: `people/${index}`, relationship: 'plan_member', state: 'OH', timeZone: 'America/New_York', birthDate: '1979-04-12',
    email: 'ann@example.test', fields: { firstName: 'Ann', planYear: 2026 }, ...changes,
  }, index, { start: startAt, segments: [] });
  if ('faults' in read) throw new Error(read.faults.map(({ path }) => path).join());
  return read.member.person;
};

const loggingIn = fc.array(fc.integer({ min: 1, max: 6000 }), { maxLength: 5 }).map((minutes) =>
  minutes.map((minute) => ({ at: addSeconds(startAt, minute * 60 + 17), event: 'portal.login' })));

export const people: fc.Arbitrary<Person> = fc.record({
  index: fc.nat({ max: 1_000_000 }),
  timeZone: fc.constantFrom('America/New_York', 'America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', null),
  birthDate: fc.constantFrom('1950-03-01', '1961-11-05', '1990-07-20', '2015-01-01'),
  fields: fc.constantFrom({ firstName: 'Ann', planYear: 2026 }, { planYear: 2026 }),
  happens: loggingIn,
}).map(({ index, ...changes }) => personOf(index, changes));
