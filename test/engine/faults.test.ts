import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Fault } from '../../lib/local/faults.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { enrol, importMember, lifeSeconds, referenceSends, startAt, timelineOf } from './people.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(() => platform.stop());

type Life = { readonly calls: number; readonly mailed: readonly string[]; readonly ended: readonly string[] };

/** Lives one member's run through the reference journey, with a fault somewhere in it or none. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const contact = await importMember(platform, name);
  await platform.settle();
  const before = platform.externalCalls();
  platform.inject(fault);
  const run = async (): Promise<void> => {
    await enrol(platform, contact);
    await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
  };
  await run();
  const calls = platform.externalCalls() - before;
  platform.inject(undefined);
  // A request that was not answered is made again, as any client of an API does.
  if (!(await timelineOf(platform, contact)).some(({ what }) => what === 'entered')) await run();
  const timeline = await timelineOf(platform, contact);
  return {
    calls,
    mailed: platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '').sort(),
    ended: timeline.map(({ what }) => what).filter((what) => ['completed', 'failed', 'exited'].includes(what)),
  };
};

/** The one send that a crash struck may stay unknown and is never repeated; no other may be missing, none may double. */
const isSound = ({ mailed, ended }: Life): boolean =>
  ended.length === 1 && ended[0] === 'completed'
  && new Set(mailed).size === mailed.length && mailed.length >= referenceSends.length - 1;

test('without a fault the run completes and each mail goes out once', async () => {
  expect(await live('calm')).toMatchObject({ mailed: referenceSends, ended: ['completed'] });
});

// `before`: the call never reached its service. `after`: it took effect, and nobody lived to see its answer.
const moments = ['before', 'after'] as const;

test('a crash at any external call of the run loses nobody and mails nobody twice', async () => {
  const { calls } = await live('measured');
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of moments) {
      const life = await live(`struck-${nth}-${when}`, { nth, when, act: 'throw' });
      if (!isSound(life)) unsound.push({ nth, when, ...life });
    }
  }
  expect(calls).toBeGreaterThan(40);
  expect(unsound).toEqual([]);
  // Counted once, whatever crashed: this test's members and the one who lived without a fault.
  const { body } = await platform.call('GET', '/journeys/health-plan-enrollment/versions/1/report');
  expect(body).toMatchObject({ entered: calls * moments.length + 2, completed: calls * moments.length + 2, nobodyLost: true });
}, 900_000);
