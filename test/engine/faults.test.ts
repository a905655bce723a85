import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Fault } from '../../lib/local/faults.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { enrol, importMember, startAt, timelineOf } from './people.ts';

const daySeconds = 86_400;
const sends = ['follow-up', 'invite', 'remind'];

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(() => platform.stop());

type Life = { readonly calls: number; readonly mailed: readonly string[]; readonly ended: readonly string[]; readonly unknown: number };

/** Lives one member's run through the reference journey, with a fault somewhere in it or none. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const contact = await importMember(platform, name);
  await platform.settle();
  const before = platform.externalCalls();
  platform.inject(fault);
  await enrol(platform, contact);
  await platform.settle();
  platform.inject(undefined);
  // A request that failed is asked again, as any client of an API does.
  if (fault !== undefined) {
    const again = await enrol(platform, contact);
    expect(again.status).toBe(202);
  }
  await platform.runUntil(addSeconds(platform.clock.now(), 40 * daySeconds));
  const calls = platform.externalCalls() - before;
  const timeline = await timelineOf(platform, contact);
  return {
    calls,
    mailed: platform.mails().filter((mail) => mail.tags['contact'] === contact).map((mail) => mail.tags['step'] ?? '').sort(),
    ended: timeline.filter(({ what }) => ['completed', 'failed', 'exited'].includes(what)).map(({ what }) => what),
    unknown: 0,
  };
};

/** Lives a run in which the fault strikes wherever it falls due, not only while entering. */
const liveWith = async (name: string, fault: Fault): Promise<Life> => {
  const contact = await importMember(platform, name);
  await platform.settle();
  platform.inject(fault);
  await enrol(platform, contact);
  await platform.runUntil(addSeconds(platform.clock.now(), 40 * daySeconds));
  platform.inject(undefined);
  const entered = (await timelineOf(platform, contact)).some(({ what }) => what === 'entered');
  if (!entered) {
    await enrol(platform, contact);
    await platform.runUntil(addSeconds(platform.clock.now(), 40 * daySeconds));
  }
  const timeline = await timelineOf(platform, contact);
  return {
    calls: 0,
    mailed: platform.mails().filter((mail) => mail.tags['contact'] === contact).map((mail) => mail.tags['step'] ?? '').sort(),
    ended: timeline.filter(({ what }) => ['completed', 'failed', 'exited'].includes(what)).map(({ what }) => what),
    unknown: timeline.filter(({ what }) => what === 'sent').length,
  };
};

test('without a fault the run completes and each mail goes out once', async () => {
  expect(await live('calm')).toMatchObject({ mailed: sends, ended: ['completed'] });
});

test('a crash at any external call of the run loses nobody and mails nobody twice', async () => {
  const { calls } = await live('measure');
  expect(calls).toBeGreaterThan(40);
  const failures: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      const life = await liveWith(`fault-${nth}-${when}`, { nth, when, act: 'throw' });
      const twice = new Set(life.mailed).size !== life.mailed.length;
      // The one send that the crash struck may stay unknown; it is never repeated, and no other is lost.
      const lost = life.mailed.length < sends.length - 1;
      if (life.ended.length !== 1 || life.ended[0] !== 'completed' || twice || lost) failures.push({ nth, when, ...life });
    }
  }
  expect(failures).toEqual([]);
}, 600_000);
