import type { Platform } from '../../lib/local/platform.ts';
import type { Instant } from '../../lib/core/time.ts';

/** A Monday, nine in the morning in New York. */
export const startAt = '2026-11-02T14:00:00.000Z' as Instant;

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

/** The path of a link in the last mail to a member, by the text around it: the token is opaque. */
export const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/href="https?:\/\/[^/"]+(\/[lu]\/[\w-]+)"/gu)].map(([, path = '']) => path);
