import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrol, importMember, linksIn, startAt } from '../engine/people.ts';

type LinkRequest = { readonly kind: 'preferences' | 'authorization'; readonly form?: string; readonly expiresInDays?: number };

/** The platform with the demo organisation, and ways to come to the pages of a new contact. */
export const startSite = async (assembly: string) => {
  const platform: Platform = await startPlatform({ assembly, startAt });
  const at = (path: string): string => `${platform.urls.api}${path}`;
  let count = 0;
  const newContact = (): Promise<string> => {
    count += 1;
    return importMember(platform, `reader${count}`);
  };
  const mint = async (contact: string, request: LinkRequest): Promise<string> => {
    const { status, body } = await platform.call('POST', `/contacts/${contact}/links`, request);
    if (status !== 201) throw new Error(`the link was answered with ${status}`);
    return at(new URL((body as { url: string }).url).pathname);
  };
  return {
    platform, at, newContact, mint,
    preferences: (contact: string): Promise<string> => mint(contact, { kind: 'preferences' }),
    authorization: (contact: string): Promise<string> => mint(contact, { kind: 'authorization', form: 'partner-programs' }),
    /** The unsubscribe page of a mail that the contact got. */
    unsubscribe: async (contact: string): Promise<string> => {
      const before = platform.mails().length;
      await enrol(platform, contact);
      await platform.settle();
      const path = platform.mails().slice(before).flatMap(({ html }) => [...linksIn(html).values()]).find((link) => link.startsWith('/u/'));
      if (path === undefined) throw new Error('the contact got no mail with an unsubscribe link');
      return at(path);
    },
    consents: async (contact: string) => (await platform.call('GET', `/contacts/${contact}/consents`)).body as Consents,
    stop: platform.stop,
  };
};

export type Consents = {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly current: {
    readonly inForce: readonly string[];
    readonly suppressions: readonly Readonly<Record<string, unknown>>[];
    readonly preferences: Readonly<Record<string, unknown>>;
    readonly renewalsDue: readonly unknown[];
  };
  readonly log: readonly { readonly what: string; readonly about: string; readonly capture: { readonly wording: string; readonly version: string } | null }[];
};

export type Site = Awaited<ReturnType<typeof startSite>>;
