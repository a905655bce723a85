import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { Fault } from '../../lib/local/faults.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { storesOf } from './journeys.ts';
import { member } from './people.ts';

/** What a contact's life came to. */
export type Life = {
  /** External calls while a crash could strike. */
  readonly calls: number;
  /** `<journey> <status> <ended>` of each run, and whatever else must be as it is without a crash; in order. */
  readonly came: readonly string[];
  /** What the mails say, in order. */
  readonly letters: readonly string[];
  /** Sends that are on record as unknown and of which there is no mail: those are never repeated. */
  readonly unknown: number;
};

type Lives = (name: string, fault?: Fault) => Promise<Life>;

/** Everything came as it does without a crash; the one send that the crash struck may have stayed unknown, and none is made twice. */
const isSound = (life: Life, whole: Life): boolean =>
  String(life.came) === String(whole.came) && new Set(life.letters).size === life.letters.length
  && life.letters.every((letter) => whole.letters.includes(letter)) && life.letters.length + life.unknown === whole.letters.length
  && life.unknown <= 1;

/**
 * Lives a life without a crash, then one with a crash before and one with a crash after each of its external calls. Gives
 * the first, and those of the others that came to something else.
 */
export const crashEverywhere = async (live: Lives): Promise<{ readonly whole: Life; readonly unsound: readonly unknown[] }> => {
  const whole = await live('measured');
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= whole.calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      const life = await live(`struck-${nth}-${when}`, { nth, when, act: 'throw' });
      if (!isSound(life, whole)) unsound.push({ nth, when, ...life });
    }
  }
  return { whole, unsound };
};

/** Lives of contacts of the platform: what the clients of its API do, and what came of it. */
export const livesOn = (platform: Platform) => {
  const stores = storesOf(platform);

  /** A request that is not answered is made again a minute later, as a client of an API does; what follows from it has come then. */
  const request = async (path: string, body: object, status: number): Promise<unknown> => {
    const answer = await platform.call('POST', path, body);
    await platform.settle();
    if (answer.status === status) return answer.body;
    await platform.runUntil(addSeconds(platform.clock.now(), 60));
    return request(path, body, status);
  };

  return {
    /** Imports a member with these values; gives the contact id. */
    put: async (name: string, changes: object = {}): Promise<string> => {
      const body = await request('/contacts', { contacts: [{ ...member(name), timeZone: 'America/Phoenix', ...changes }] }, 200);
      return (body as { accepted: readonly { contact: string }[] }).accepted[0]?.contact ?? '';
    },
    report: async (
      contact: string, event: { readonly name: string; readonly id: string; readonly at?: Instant; readonly attributes?: object },
    ): Promise<void> => {
      await request(`/contacts/${contact}/events`, event, 202);
    },
    /** Lets the crash strike among the calls that `during` makes; gives how many these were. */
    struck: async (fault: Fault | undefined, during: () => Promise<void>): Promise<number> => {
      await platform.settle();
      const before = platform.externalCalls();
      platform.inject(fault);
      await during();
      platform.inject(undefined);
      return platform.externalCalls() - before;
    },
    /** The runs and the mails of a contact. */
    outcome: async (contact: string): Promise<Omit<Life, 'calls'>> => {
      const runs = await stores.enrolments.ofContact(contact);
      const mails = platform.mails().filter(({ tags }) => tags['contact'] === contact);
      const unknown = (await stores.sends.ofContact(contact)).filter(({ status, enrolment, step }) => status === 'UNKNOWN'
        && !mails.some(({ tags }) => tags['enrolment'] === enrolment && tags['step'] === step));
      return {
        came: runs.map(({ journey, status, ended }) => `${journey} ${status} ${ended ?? ''}`).toSorted(),
        letters: mails.map(({ text }) => text.split('\n')[0] ?? '').toSorted(),
        unknown: unknown.length,
      };
    },
  };
};
