import type { Instant } from '../../core/time.ts';
import { addSeconds } from '../../core/time.ts';
import type { Platform } from '../platform.ts';
import { costOf } from '../report/cost.ts';
import type { Check, JourneyCounts, Report, TimelineEntry } from '../report/report.ts';
import { accessOf } from './access.ts';
import { appointmentJourney, checkAppointment, playAppointment } from './appointment.ts';
import { ask } from './ask.ts';
import { authorizationFor, authorizationId } from './authorization.ts';
import { castOf } from './cast.ts';
import type { Role } from './cast.ts';
import { checkRun } from './checks.ts';
import type { ImportedPeople, Person } from './import.ts';
import { importPeople } from './import.ts';
import { readLife } from './life.ts';
import { readPeople } from './people.ts';
import type { People } from './people.ts';
import { createPlay } from './play.ts';
import type { Done } from './play.ts';
import { proveReceipts } from './receipts.ts';
import { readRows } from './rows.ts';
import { tally } from './tally.ts';
import { inOrder } from './timeline.ts';

export type DemoOptions = {
  readonly seed: number;
  /** Virtual days to live through, from 1. */
  readonly days: number;
  /** Contacts to import; made-up ones beside the Synthea patients where those are fewer. */
  readonly contacts: number;
  /** Who asks for the authorizations, `entityId` of the organisation. */
  readonly entityId: string;
};

export type Progress = {
  readonly stage: (text: string) => void;
  readonly day: (day: number, of: number, at: Instant, mails: number) => void;
};

/** When the demonstration begins: a Monday morning in Massachusetts, where its patients live. */
export const beginning = '2026-11-02T14:00:00.000Z' as Instant;

/** Lists that are sent in, and drafts whose triggers enter people once they are published. */
const lists = ['health-plan-enrollment', 'diabetes-program'] as const;
const drafts = [appointmentJourney, 'preventive-care-birthday'] as const;
const played = [...lists, ...drafts];
const daySeconds = 86_400;

/** Whose authorization is on file before anything is sent. */
const isSigned = (role: Role | undefined): boolean => role === 'authorizes' || role === 'joins';

const authorize = async (
  platform: Platform, { people }: ImportedPeople, cast: ReadonlyMap<string, Role>, entityId: string,
): Promise<number> => {
  const record = authorizationFor(authorizationId, entityId, platform.clock.now());
  const signers = people.filter(({ source }) => isSigned(cast.get(source)));
  for (const { contact } of signers) await ask(platform, 'POST', `/contacts/${contact}/consents`, { record });
  return signers.length;
};

/** Lives through the days; whoever gets mail does something about it, or nothing. */
const live = async (platform: Platform, readMail: () => void, days: number, progress: Progress): Promise<void> => {
  const from = platform.clock.now();
  for (let day = 1; day <= days; day += 1) {
    await platform.runUntil(addSeconds(from, day * daySeconds), { onQuiet: readMail });
    progress.day(day, days, platform.clock.now(), platform.mails().length);
  }
};

const readCounts = (platform: Platform): Promise<readonly JourneyCounts[]> => Promise.all(played.map(async (journey) => {
  const counts = await ask<JourneyCounts>(platform, 'GET', `/journeys/${journey}/versions/1/report`);
  return { ...counts, refusedBy: Object.fromEntries(Object.entries(counts.refusedBy).sort(([one], [other]) => (one < other ? -1 : 1))) };
}));

/** What the API keeps of a contact, and the consents that the script gave and took back for it. */
const readTimeline = async (
  platform: Platform, { contact }: Pick<Person, 'contact'>, deeds: readonly Done[],
): Promise<readonly TimelineEntry[]> => {
  const { entries } = await ask<{ entries: readonly TimelineEntry[] }>(platform, 'GET', `/contacts/${contact}/timeline`);
  const consents = deeds.filter((done) => done.contact === contact).flatMap(({ at, kind }) =>
    (kind === 'sign' || kind === 'revoke' ? [{ at, what: kind === 'sign' ? 'authorized' : 'revoked', journey: '', step: 'partner-programs' }] : []));
  return [...entries, ...consents];
};

/** The values that must show nowhere but in records and mails. Names of three letters are parts of common words. */
const valuesOf = ({ contacts }: People): readonly string[] =>
  [...new Set(contacts.flatMap(({ contact }) => [contact.email, contact.fields.firstName, contact.fields.lastName, contact.source]))]
    .filter((value) => value !== null && value !== undefined && value.length > 3) as string[];

const check = async (platform: Platform, journeys: readonly JourneyCounts[], people: People): Promise<readonly Check[]> => {
  const { overdue } = await platform.invoke('check-invariants', {}) as { readonly overdue: number };
  return checkRun({
    journeys, overdue, mails: platform.mails(), rows: await readRows(platform.urls.dynamo), receipts: await proveReceipts(platform),
    texts: [...platform.executions().map((execution) => JSON.stringify(execution)), ...platform.logs().map(({ text }) => text)],
    values: valuesOf(people),
  });
};

/**
 * Imports the patients, enrols them, lets them live through the days, and reports. The same options give the same run,
 * apart from the ids, which are random.
 */
export const runDemo = async (platform: Platform, options: DemoOptions, progress: Progress): Promise<Report> => {
  const { seed, days, contacts, entityId } = options;
  const from = platform.clock.now();
  platform.resetMeter();
  for (const journey of drafts) await ask(platform, 'POST', `/journeys/${journey}/versions/1/publication`, {});
  const given = readPeople(from, contacts, seed);
  const taken = await importPeople(platform, given);
  const { people, imported } = taken;
  progress.stage(`imported ${imported.accepted} contacts, refused ${imported.refused.length} rows`);

  const cast = castOf(people.filter(({ mailable }) => mailable), seed);
  const roleOf = (role: Role) => people.find(({ source }) => cast.get(source) === role);
  const bouncing = roleOf('bounces')?.email;
  platform.decideMail((address) => (address === bouncing ? 'bounce' : 'deliver'));
  progress.stage(`recorded ${await authorize(platform, taken, cast, entityId)} authorizations`);
  for (const journey of lists) {
    await ask(platform, 'POST', `/journeys/${journey}/enrolments`, {});
    // Who is in both journeys gets the first one's mail first, so that every run is alike.
    await platform.settle();
  }

  const visitor = people.find(({ source, mailable }) => mailable && !cast.has(source)) ?? people[0];
  if (visitor === undefined) throw new Error('nobody was imported');
  const visit = await playAppointment(platform, visitor);
  await platform.settle();
  const play = createPlay({ platform, people: new Map(people.map((person) => [person.contact, person])), cast, seed });
  await live(platform, play.readMail, days, progress);

  const usage = platform.meter();
  const shown = roleOf('revokes') ?? people[0];
  if (shown === undefined) throw new Error('nobody was imported');
  const trail = [...platform.trail()];
  const journeys = await readCounts(platform);
  const entries = await readTimeline(platform, shown, play.deeds());
  const authorization = await readLife(platform, shown.contact, 'diabetes-program');
  const appointment = await visit.read();
  const checks = [...await check(platform, journeys, given), checkAppointment(appointment, from)];
  return {
    seed, from, until: platform.clock.now(), imported, journeys, deeds: tally(play.deeds().map(({ kind }) => kind)),
    timeline: { contact: shown.contact, entries: inOrder(entries, journeys) },
    authorization, appointment, access: accessOf(trail, shown.contact), checks, held: checks.every(({ held }) => held), cost: costOf(usage, imported.accepted),
  };
};
