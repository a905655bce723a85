import { startPlatform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { enrol, importMember, lifeSeconds, startAt, timelineOf } from './people.ts';

/**
 * A platform of its own process: lives through what an earlier one left behind, then enrols a new member and, if told
 * to, is killed by SIGKILL at a call to come. Prints how everybody fared.
 *
 *     node test/engine/kill-child.ts <assembly> <data folder> <member> [nth call]
 */
const [assembly = '', dataFolder = '', name = '', nth] = process.argv.slice(2);

const platform = await startPlatform({ assembly, dataFolder, keep: true, startAt, dailySchedules: false });
await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
const contact = await importMember(platform, name);
await platform.settle();
const before = platform.externalCalls();
if (nth !== undefined) platform.inject({ nth: Number(nth), when: 'after', act: 'kill' });
await enrol(platform, contact);
await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
const calls = platform.externalCalls() - before;

const contacts = [...new Set(platform.mails().map(({ tags }) => tags['contact'] ?? ''))];
const fared = await Promise.all(contacts.map(async (one) => ({
  mailed: platform.mails().filter(({ tags }) => tags['contact'] === one).map(({ tags }) => tags['step'] ?? '').sort(),
  ended: (await timelineOf(platform, one)).map(({ what }) => what).filter((what) => ['completed', 'failed', 'exited'].includes(what)),
})));
const report = await platform.call('GET', '/journeys/health-plan-enrollment/versions/1/report');
process.stdout.write(`${JSON.stringify({ calls, fared, report: report.body })}\n`);
await platform.stop();
