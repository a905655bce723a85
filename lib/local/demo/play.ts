import { addSeconds } from '../../core/time.ts';
import type { Instant } from '../../core/time.ts';
import type { Mail } from '../engines/mail.ts';
import type { Platform } from '../platform.ts';
import { ask } from './ask.ts';
import type { Role } from './cast.ts';
import type { Person } from './import.ts';
import { deedsOn, signings } from './script.ts';
import type { Deed } from './script.ts';
import { signOnPage } from './sign.ts';

export type Stage = {
  readonly platform: Platform;
  /** By opaque id. */
  readonly people: ReadonlyMap<string, Person>;
  /** By source. */
  readonly cast: ReadonlyMap<string, Role>;
  readonly seed: number;
};

export type Play = {
  /** Lets the patients read what came in since the last time. */
  readonly readMail: () => void;
  /** What was done so far, oldest first. */
  readonly deeds: () => readonly Done[];
};

export type Done = { readonly at: Instant; readonly contact: string; readonly kind: Deed['kind'] | 'sign' };

export const browser = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
const gateway = 'Barracuda Sentinel (EE)';

type Anchor = { readonly path: string; readonly text: string };

/** The links of a mail as its reader sees them. The unsubscribe link is the last one and no part of the text. */
export const anchorsOf = ({ html }: Mail): readonly Anchor[] =>
  [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/gu)].flatMap(([, url = '', text = '']) => {
    const { pathname } = new URL(url);
    return pathname.startsWith('/l/') ? [{ path: pathname, text }] : [];
  });

const follow = (platform: Platform, path: string, agent: string): Promise<unknown> =>
  ask(platform, 'GET', path, undefined, { 'user-agent': agent });

type DeedOf<K extends Deed['kind']> = Deed & { readonly kind: K };

const doers: { readonly [K in Deed['kind']]: (platform: Platform, mail: Mail, deed: DeedOf<K>, contact: string) => Promise<unknown> } = {
  click: async (platform, mail, { link }) => {
    const anchor = anchorsOf(mail).find(({ text }) => link.test(text));
    if (anchor === undefined) throw new Error('the mail has no link that the script could follow');
    return follow(platform, anchor.path, browser);
  },
  scan: (platform, mail) => Promise.all(anchorsOf(mail).map(({ path }) => follow(platform, path, gateway))),
  portal: (platform, _mail, _deed, contact) =>
    ask(platform, 'POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'demo-login-1' }),
  unsubscribe: (platform, mail) => {
    const url = /<([^>]+)>/u.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1];
    if (url === undefined) throw new Error('the mail has no one-click unsubscribe header');
    return ask(platform, 'POST', new URL(url).pathname, 'List-Unsubscribe=One-Click', {
      'content-type': 'application/x-www-form-urlencoded', 'user-agent': browser,
    });
  },
  revoke: async (platform, _mail, _deed, contact) => {
    const { current } = await ask<{ current: { inForce: readonly string[] } }>(platform, 'GET', `/contacts/${contact}/consents`);
    for (const id of current.inForce) {
      await ask(platform, 'POST', `/contacts/${contact}/consents/${id}/revocation`, { inWriting: true, via: 'portal' });
    }
  },
};

const perform = (platform: Platform, mail: Mail, deed: Deed, contact: string): Promise<unknown> =>
  doers[deed.kind](platform, mail, deed as never, contact);

/** Plays the patients: what each does of its own accord or about a mail is scripted for the moment at which it happens. */
export const createPlay = ({ platform, people, cast, seed }: Stage): Play => {
  const deeds: Done[] = [];
  let read = 0;
  const plan = (at: Instant, { contact }: Person, kind: Done['kind'], act: () => Promise<unknown>): void => {
    platform.at(at, async () => {
      await act();
      deeds.push({ at: platform.clock.now(), contact, kind });
    });
  };
  for (const person of people.values()) {
    for (const { form, afterSeconds } of signings(cast.get(person.source))) {
      plan(addSeconds(platform.clock.now(), afterSeconds), person, 'sign', () => signOnPage(platform, person, form, browser));
    }
  }
  const open = (mail: Mail): void => {
    const { contact = '', step = '' } = mail.tags;
    const person = people.get(contact);
    if (person === undefined || mail.outcome !== 'deliver') return;
    for (const deed of deedsOn({ source: person.source, step }, cast.get(person.source), seed)) {
      plan(addSeconds(mail.sentAt, deed.afterSeconds), person, deed.kind, () => perform(platform, mail, deed, contact));
    }
  };
  return {
    readMail: () => {
      const mails = platform.mails();
      for (const mail of mails.slice(read)) open(mail);
      read = mails.length;
    },
    deeds: () => deeds,
  };
};
