import { readFileSync } from 'node:fs';
import type { Instant } from '../../core/time.ts';
import { addSeconds } from '../../core/time.ts';
import { ask } from '../demo/ask.ts';
import { batches } from '../demo/import.ts';
import { madeUp } from '../demo/people.ts';
import { anchorsOf, browser } from '../demo/play.ts';
import type { Mail } from '../engines/mail.ts';
import type { Invoked } from '../functions.ts';
import type { Usage } from '../meter.ts';
import type { Platform } from '../platform.ts';
import { startPlatform } from '../platform.ts';
import type { JourneyCounts } from '../report/report.ts';
import type { TrailRecord } from '../trail.ts';
import { behaviourOf, mixes } from './behaviour.ts';
import type { Deed, MixName } from './behaviour.ts';
import { measureSendShare } from './send-share.ts';
import type { SendShare } from './send-share.ts';
import { readScheduled } from './schedules.ts';

export type WalkOptions = {
  /** Folder of synthesized templates. */
  readonly assembly: string;
  readonly contacts: number;
  readonly seed: number;
  readonly mix: MixName;
};

/** One walk of many contacts through the reference journey. */
export type Walk = {
  readonly mix: MixName;
  readonly contacts: number;
  /** Mails that went out. */
  readonly sends: number;
  /** What was used from the request to enrol until the last contact was through; the import is not in it. */
  readonly usage: Usage;
  /** Unwrapped contact keys in the function that sends. */
  readonly sendDecrypts: number;
  /** What one invocation of each scheduled function uses while nobody is due. */
  readonly idle: Readonly<Record<string, Usage>>;
  readonly importSeconds: number;
  readonly walkSeconds: number;
  /** Processor time of the platform's process during the walk; it says more than `walkSeconds` on a busy machine. */
  readonly processorSeconds: number;
  /** Highest resident memory so far, in MiB: this process, and the DynamoDB engine where the system tells. */
  readonly peakMegabytes: { readonly platform: number; readonly dynamo: number | null };
  /** What the consent engine takes of a send; measured after the walk, on contacts of its own. */
  readonly sendShare: SendShare;
};

const journey = 'health-plan-enrollment';
// A Monday morning in Massachusetts.
const beginning = '2026-11-02T14:00:00.000Z' as Instant;
const days = 45;
const quietMinutes = 10;
/** Enough for a median; each is sent alone. */
const probes = 20;
const daySeconds = 86_400;
const mebibyte = 1024 * 1024;

const linkTexts = { webinar: /webinar/u, more: /changes|compare/iu, enroll: /choose|confirm/iu } as const;

const answer = async (platform: Platform, mail: Mail, deed: Exclude<Deed, 'silent'>): Promise<void> => {
  if (deed === 'portal') {
    await ask(platform, 'POST', `/contacts/${mail.tags['contact'] ?? ''}/events`, { name: 'portal.login', id: 'bench-login' });
    return;
  }
  const anchor = anchorsOf(mail).find(({ text }) => linkTexts[deed].test(text));
  if (anchor === undefined) throw new Error(`the mail has no ${deed} link`);
  await ask(platform, 'GET', anchor.path, undefined, { 'user-agent': browser });
};

/** Answers the first mails, each hour's answers together. */
const createAnswers = (platform: Platform, sourceOf: ReadonlyMap<string, string>, { mix, seed }: WalkOptions) => {
  let read = 0;
  return (): void => {
    const mails = platform.mails();
    const hours = new Map<Instant, (() => Promise<void>)[]>();
    for (const mail of mails.slice(read).filter(({ tags }) => tags['step'] === 'invite')) {
      const { deed, afterSeconds } = behaviourOf(sourceOf.get(mail.tags['contact'] ?? '') ?? '', mixes[mix], seed);
      if (deed === 'silent') continue;
      const at = addSeconds(mail.sentAt, afterSeconds);
      hours.set(at, [...hours.get(at) ?? [], () => answer(platform, mail, deed)]);
    }
    read = mails.length;
    for (const [at, actions] of hours) platform.at(at, () => Promise.all(actions.map((action) => action())));
  };
};

type Imported = { readonly accepted: readonly { readonly row: number; readonly contact: string }[] };

/** Gives the source of each contact, by opaque id; the first `from` members are left out. */
const importMembers = async (platform: Platform, { contacts, seed }: Pick<WalkOptions, 'contacts' | 'seed'>, from = 0): Promise<ReadonlyMap<string, string>> => {
  const sources = new Map<string, string>();
  for (const batch of batches(madeUp(from + contacts, seed).slice(from).map(({ contact }) => contact))) {
    const { accepted } = await ask<Imported>(platform, 'POST', '/contacts', { contacts: batch });
    for (const { row, contact } of accepted) sources.set(contact, batch[row - 1]?.source ?? '');
  }
  return sources;
};

/** Invokes each scheduled function in quiet minutes and takes the usage of the last one, when it has caught up with the time. */
const measureIdle = async (platform: Platform, scheduled: readonly string[]): Promise<Walk['idle']> => {
  const idle: Record<string, Usage> = {};
  for (let minute = 1; minute <= quietMinutes; minute += 1) {
    await platform.runUntil(addSeconds(platform.clock.now(), 60));
    for (const name of scheduled) {
      platform.resetMeter();
      await platform.invoke(name, {});
      await platform.settle();
      idle[name] = platform.meter();
    }
  }
  return idle;
};

/** The engine is a child of a child of this process. Linux alone tells a process's highest resident memory. */
const dynamoPeak = (): number | null => {
  try {
    const children = (pid: number | 'self'): number[] => {
      const id = pid === 'self' ? process.pid : pid;
      return readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').split(' ').filter((part) => part !== '').map(Number);
    };
    const kibibytes = children('self').flatMap(children).flatMap((pid) =>
      Number(/VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? []));
    return kibibytes.length === 0 ? null : Math.max(...kibibytes) / 1024;
  } catch {
    return null;
  }
};

const sender = 'send-message';

const callerOf = ({ userIdentity }: TrailRecord): string => userIdentity.sessionContext.sessionIssuer.userName;

/** The application's own keys are unwrapped once in a container's life and are not counted. */
const opensContact = ({ requestParameters }: TrailRecord): boolean =>
  'contact' in (requestParameters['encryptionContext'] as object | undefined ?? {});

/**
 * Walks contacts through the reference journey on a platform of its own, from their enrolment to its end.
 *
 * @throws Error when somebody is still under way at the end, since the figures would then be of something else
 */
export const walkJourney = async (options: WalkOptions): Promise<Walk> => {
  const sendTimes: number[] = [];
  const observe = ({ function: name, milliseconds }: Invoked): void => {
    if (name === sender) sendTimes.push(milliseconds);
  };
  const platform = await startPlatform({ assembly: options.assembly, startAt: beginning, dailySchedules: false, observe });
  try {
    const begun = performance.now();
    const sourceOf = await importMembers(platform, options);
    await platform.settle();
    const imported = performance.now();
    const processor = process.cpuUsage();
    platform.resetMeter();
    const trailBefore = platform.trail().length;
    await ask(platform, 'POST', `/journeys/${journey}/enrolments`, {});
    await platform.runUntil(addSeconds(beginning, days * daySeconds), { onQuiet: createAnswers(platform, sourceOf, options) });
    const ended = performance.now();
    const { user, system } = process.cpuUsage(processor);
    const usage = platform.meter();
    const sendDecrypts = platform.trail().slice(trailBefore)
      .filter((record) => record.eventName === 'Decrypt' && callerOf(record) === sender && opensContact(record)).length;
    const peakMegabytes = { platform: process.resourceUsage().maxRSS * 1024 / mebibyte, dynamo: dynamoPeak() };
    const counts = await ask<JourneyCounts>(platform, 'GET', `/journeys/${journey}/versions/1/report`);
    if (counts.entered !== options.contacts || counts.completed + counts.exited !== counts.entered) {
      throw new Error(`of ${options.contacts} contacts ${counts.entered} entered, ${counts.active} are still under way and ${counts.failed} failed`);
    }
    const idle = await measureIdle(platform, readScheduled(options.assembly).map(({ function: name }) => name));
    const apart = await importMembers(platform, { contacts: probes, seed: options.seed }, options.contacts);
    await platform.settle();
    const sendShare = await measureSendShare(platform, journey, [...apart.keys()], sendTimes);
    return {
      mix: options.mix, contacts: options.contacts, sends: usage.ses.sent, usage, sendDecrypts, idle,
      importSeconds: (imported - begun) / 1000, walkSeconds: (ended - imported) / 1000,
      processorSeconds: (user + system) / 1e6, peakMegabytes, sendShare,
    };
  } finally {
    await platform.stop();
  }
};
