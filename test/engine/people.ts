import type { Platform } from '../../lib/local/platform.ts';
import type { Instant } from '../../lib/core/time.ts';

/** A Monday, nine in the morning in New York. */
export const startAt = '2026-11-02T14:00:00.000Z' as Instant;

/** Longer than the longest way through the reference journey, with every retry. */
export const lifeSeconds = 40 * 86_400;

/** The sends of the longest way, in order of name. */
export const referenceSends = ['follow-up', 'invite', 'remind'] as const;

export const browser = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';

export const member = (name: string) => ({
  source: `mrn/${name}`,
  relationship: 'plan_member',
  state: 'OH',
  timeZone: 'America/New_York',
  birthDate: '1979-04-12',
  deceased: false,
  email: `${name}@example.test`,
  fields: { firstName: 'Ann', lastName: 'Lee', planYear: 2026, planEndsOn: '2026-12-31', conditions: [] },
});

/** Imports a member of the health plan; gives the contact id. */
export const importMember = async (platform: Pick<Platform, 'call'>, name: string): Promise<string> => {
  const answer = await platform.call('POST', '/contacts', { contacts: [member(name)] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status}`);
  return contact;
};

export const enrol = (platform: Pick<Platform, 'call'>, contact: string) =>
  platform.call('POST', '/journeys/health-plan-enrollment/enrolments', { contacts: [contact] });

export type Timeline = readonly { readonly at: string; readonly what: string; readonly step: string; readonly reason?: string }[];

export const timelineOf = async (platform: Pick<Platform, 'call'>, contact: string): Promise<Timeline> => {
  const answer = await platform.call('GET', `/contacts/${contact}/timeline`);
  return (answer.body as { entries: Timeline }).entries;
};

/** The paths of the links in a mail, by the words that a reader presses. */
export const linksIn = (html: string): ReadonlyMap<string, string> =>
  new Map([...html.matchAll(/href="https?:\/\/[^/"]+(\/[lu]\/[\w-]+)"[^>]*>([^<]+)</gu)].map(([, path = '', words = '']) => [words, path]));
