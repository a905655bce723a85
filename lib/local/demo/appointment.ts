import type { Instant } from '../../core/time.ts';
import { addSeconds } from '../../core/time.ts';
import type { Platform } from '../platform.ts';
import type { Appointment, Check, TimelineEntry } from '../report/report.ts';
import { ask } from './ask.ts';
import type { Person } from './import.ts';

const daySeconds = 86_400;
export const appointmentJourney = 'appointment-reminder';

/** Made for a week from the beginning; moved three days later, before any reminder is due, to four days after that. */
const [madeForDays, movedAfterDays, movedToDays] = [7, 3, 11];

export type PlayedAppointment = { readonly read: () => Promise<Appointment> };

const words: Readonly<Record<string, (entry: TimelineEntry) => string>> = {
  sent: ({ step }) => `${step} sent`,
  refused: ({ step }) => `${step} refused`,
  completed: () => 'run ended, reminded',
};

/** Has the scheduling system report one appointment of a patient, and later that it was moved. */
export const playAppointment = async (platform: Platform, { contact }: Pick<Person, 'contact'>): Promise<PlayedAppointment> => {
  const from = platform.clock.now();
  const told: { at: Instant; what: string }[] = [];
  const report = async (name: string, days: number, what: string): Promise<void> => {
    const attributes = { appointmentId: 'demo-visit-1', startsAt: addSeconds(from, days * daySeconds + 3600), place: 'Shore Drive, second floor' };
    await ask(platform, 'POST', `/contacts/${contact}/events`, { name, id: name.replace('.', '-'), attributes });
    told.push({ at: platform.clock.now(), what });
  };
  await report('appointment.scheduled', madeForDays, `made, ${madeForDays} days ahead`);
  platform.at(addSeconds(from, movedAfterDays * daySeconds), () =>
    report('appointment.rescheduled', movedToDays, `moved to ${movedToDays - madeForDays} days later`));
  return {
    read: async () => {
      const { entries } = await ask<{ entries: readonly TimelineEntry[] }>(platform, 'GET', `/contacts/${contact}/timeline`);
      const own = entries.filter(({ journey }) => journey === appointmentJourney)
        .flatMap((entry) => (words[entry.what] === undefined ? [] : [{ at: entry.at, what: words[entry.what]?.(entry) ?? '' }]));
      return { contact, entries: [...told, ...own].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))) };
    },
  };
};

/** Reminders leave in the three days before the new time, and none before the old one. */
export const checkAppointment = ({ entries }: Appointment, from: Instant): Check => {
  const sent = entries.filter(({ what }) => what.endsWith(' sent'));
  const inTime = sent.filter(({ at }) => at > addSeconds(from, (movedToDays - 4) * daySeconds) && at < addSeconds(from, movedToDays * daySeconds));
  return { name: 'an appointment that moved is reminded of before its new time alone', held: inTime.length === sent.length, figures: `${inTime.length} of ${sent.length} reminders` };
};
