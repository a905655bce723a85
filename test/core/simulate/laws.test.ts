import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Course, Entry } from '../../../lib/core/simulate/course.ts';
import { sendingsOf } from '../../../lib/core/simulate/course.ts';
import { simulate } from '../../../lib/core/simulate/run.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import { endingPlans } from '../../statemachines/ending-plans.ts';
import { people, worldOf } from './people.ts';

/** Together the laws try 10,000 ways through generated journeys; a longer run is asked for by `SENDWELL_LONG=1`. */
const cases = { numRuns: process.env['SENDWELL_LONG'] === '1' ? 50_000 : 2_000 };

const holdsFor = (law: (course: Course) => boolean): Promise<void> =>
  fc.assert(fc.asyncProperty(endingPlans, people, async (plan, person) => law(await simulate(worldOf(plan, 200), person))), cases);

const parks = ({ entries }: Course): readonly (readonly [Entry, Entry | undefined])[] =>
  entries.flatMap((entry, index) => (entry.what === 'waits' ? [[entry, entries[index + 1]] as const] : []));

test('nobody is lost: every run comes to an end', async () => {
  await holdsFor(({ end }) => end !== undefined);
}, 120_000);

test('nobody is sent the same visit twice', async () => {
  await holdsFor((course) => {
    const sends = sendingsOf(course).map(({ step, at }) => `${step} ${at}`);
    return new Set(sends).size === sends.length;
  });
}, 120_000);

test('an event and a timeout never both fire: each wait goes on once, and no later than the minute after its end', async () => {
  await holdsFor((course) => parks(course).every(([wait, next]) => wait.what === 'waits' && next?.what === 'went-on'
    && next.step === wait.step && next.at <= addSeconds(wait.until, 60)));
}, 120_000);

test('no more mails than the frequency cap allows in a day', async () => {
  await holdsFor((course) => {
    const sends = sendingsOf(course);
    return sends.every(({ at }) => sends.filter((other) => other.at <= at && other.at > addSeconds(at, -86_400)).length <= 1);
  });
}, 120_000);

test('the same contact fares the same each time', async () => {
  await fc.assert(fc.asyncProperty(endingPlans, people, async (plan, person) => {
    expect(await simulate(worldOf(plan, 200), person)).toEqual(await simulate(worldOf(plan, 200), person));
  }), cases);
}, 120_000);
