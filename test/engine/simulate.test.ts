import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import defaults from '../../cdk.json' with { type: 'json' };
import type { Plan } from '../../lib/core/journey/plan.ts';
import { Organisation } from '../../lib/core/organisation.ts';
import { sendingsOf } from '../../lib/core/simulate/course.ts';
import { readMember } from '../../lib/core/simulate/cohort.ts';
import { simulate } from '../../lib/core/simulate/run.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { Configuration } from '../../lib/stacks/configuration.ts';
import { buildPlatform } from '../../lib/stacks/platform.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { endingPlans } from '../statemachines/ending-plans.ts';
import { startAt, timelineOf } from './people.ts';

/** Journeys in one deployment, and contacts in each. */
const journeys = 16;
const contactsEach = 3;
const lifeSeconds = 40 * 86_400;

const members = {
  segment: 'members', title: 'Members', because: 'Plan administration.', classes: [], where: { field: 'planYear', equals: 2026 },
} as const;
const guests = { segment: 'guests', title: 'Guests', because: 'They asked for it.', classes: [], where: null } as const;

const plain = {
  template: 'plain', subject: 'News', text: 'Hello {{ contact.firstName }}, {{ links.more }} {{ links.unsubscribe }}',
  html: '<p>Hello {{ contact.firstName }}, <a href="{{ links.more }}">more</a> <a href="{{ links.unsubscribe }}">no more</a></p>',
  links: { more: 'https://news.example/more' },
};

type Given = { readonly plan: Plan; readonly people: readonly GivenPerson[] };
type GivenPerson = {
  readonly zone: string; readonly birthDate: string; readonly named: boolean; readonly logsIn: readonly number[];
};

const person: fc.Arbitrary<GivenPerson> = fc.record({
  zone: fc.constantFrom('America/New_York', 'America/Chicago', 'America/Phoenix', 'Pacific/Honolulu'),
  birthDate: fc.constantFrom('1950-03-01', '1961-11-05', '1990-07-20'),
  named: fc.boolean(),
  // Off the minute, so that a log-in and a sweep never fall on the same instant: which of two comes first is not given.
  logsIn: fc.array(fc.integer({ min: 1, max: 6000 }).map((minutes) => minutes * 60 + 17), { maxLength: 4 }),
});

const given = (seed: number): readonly Given[] =>
  fc.sample(fc.record({ plan: endingPlans, people: fc.array(person, { minLength: contactsEach, maxLength: contactsEach }) }), { numRuns: journeys, seed })
    .map(({ plan, people }, index) => ({ plan: { ...plan, journey: `generated-${index}` }, people }));

const contactOf = (journey: string, index: number, { zone, birthDate, named }: GivenPerson) => ({
  source: `${journey}/${index}`, relationship: 'plan_member', state: 'OH', timeZone: zone, birthDate, email: `${journey}-${index}@example.test`,
  fields: { planYear: 2026, ...(named ? { firstName: 'Ann' } : {}) },
});

const cases = given(20_261_102);
const assembly = mkdtempSync(join(tmpdir(), 'sendwell-simulate-'));
let platform: Platform;

beforeAll(async () => {
  const app = new App({ outdir: assembly, context: { ...defaults.context, 'aws:cdk:bundling-stacks': [] } });
  const versions = cases.map(({ plan }) => ({ journey: plan.journey, version: 1, plan, templates: { plain }, definition: compileJourney(plan, 1) }));
  buildPlatform(app, Configuration.parse(defaults.context), { versions, segments: [members, guests], events: [] });
  app.synth();
  platform = await startPlatform({ assembly, startAt, dailySchedules: false });
}, 120_000);
afterAll(async () => {
  await platform.stop();
  rmSync(assembly, { recursive: true });
});

type Fared = { readonly contact: string; readonly sends: readonly string[]; readonly end: string };

const live = async (): Promise<ReadonlyMap<string, Fared>> => {
  const contacts = new Map<string, string>();
  for (const { plan: { journey }, people } of cases) {
    const answer = await platform.call('POST', '/contacts', { contacts: people.map((one, index) => contactOf(journey, index, one)) });
    for (const { row, contact } of (answer.body as { accepted: readonly { row: number; contact: string }[] }).accepted) {
      contacts.set(`${journey}/${row - 1}`, contact);
    }
  }
  await platform.settle();
  for (const { plan: { journey }, people } of cases) {
    await platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: people.map((_, index) => contacts.get(`${journey}/${index}`)) });
    for (const [index, { logsIn }] of people.entries()) {
      for (const [at, seconds] of logsIn.entries()) {
        platform.at(addSeconds(startAt, seconds), () => platform.call(
          'POST', `/contacts/${contacts.get(`${journey}/${index}`)}/events`, { name: 'portal.login', id: `login-${at}` },
        ));
      }
    }
  }
  await platform.runUntil(addSeconds(startAt, lifeSeconds));
  const fared = new Map<string, Fared>();
  for (const [source, contact] of contacts) {
    const end = (await timelineOf(platform, contact)).find(({ what }) => ['completed', 'exited', 'failed'].includes(what));
    fared.set(source, {
      contact,
      sends: platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ sentAt, tags }) => `${sentAt} ${tags['step']}`),
      end: end === undefined ? 'under way' : `${end.what} ${end.reason} ${end.at}`,
    });
  }
  return fared;
};

/** The same people under the same ids: which arm of a split takes a contact follows from the id. */
const simulated = async (lived: ReadonlyMap<string, Fared>): Promise<ReadonlyMap<string, Fared>> => {
  const fared = new Map<string, Fared>();
  const organisation = Organisation.parse(defaults.context.organisation);
  for (const { plan, people } of cases) {
    for (const [index, one] of people.entries()) {
      const happens = one.logsIn.map((seconds) => ({ at: addSeconds(startAt, seconds), event: 'portal.login' }));
      const read = readMember({ ...contactOf(plan.journey, index, one), happens }, index, { start: startAt, segments: [members, guests] });
      if ('faults' in read) throw new Error(read.faults.map(({ path }) => path).join());
      const world = {
        version: { plan, templates: { plain } }, organisation, behaviour: { seed: 1, reactions: [] }, until: addSeconds(startAt, lifeSeconds) as Instant,
      };
      const source = `${plan.journey}/${index}`;
      const contact = lived.get(source)?.contact ?? '';
      const course = await simulate(world, { ...read.member.person, contact });
      fared.set(source, {
        contact,
        sends: sendingsOf(course).map(({ at, step }) => `${at} ${step}`),
        end: course.end === undefined ? 'under way' : `${course.end.status.toLowerCase()} ${course.end.ended} ${course.end.at}`,
      });
    }
  }
  return fared;
};

test(`the simulation and the live engine agree on every message and every end, in ${journeys} generated journeys`, async () => {
  const lived = await live();
  expect(Object.fromEntries(await simulated(lived))).toEqual(Object.fromEntries(lived));
}, 300_000);
