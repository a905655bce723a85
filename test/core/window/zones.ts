import * as fc from 'fast-check';
import { addSeconds, type Instant, instantOf } from '../../../lib/core/time.ts';
import { parseInstant } from '../../../lib/core/offset-instant.ts';

/** Every zone of the runtime's database, and more often those whose clocks do something rare. */
export const zones = fc.oneof(
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  fc.constantFrom(
    'America/New_York', 'America/Chicago', 'America/Phoenix', 'America/St_Johns', 'America/Havana', 'Australia/Lord_Howe',
    'Europe/Dublin', 'Africa/Casablanca', 'Pacific/Apia', 'UTC',
  ),
);

/** Quarters of an hour around clock changes of New York, Lord Howe and Apia, and any instants. */
export const instants: fc.Arbitrary<Instant> = fc.oneof(
  fc.record({
    start: fc.constantFrom('2026-10-30T00:00:00Z', '2027-03-12T00:00:00Z', '2026-10-02T00:00:00Z', '2027-04-02T00:00:00Z', '2011-12-28T00:00:00Z'),
    quarter: fc.integer({ min: 0, max: 4 * 96 }),
  }).map(({ start, quarter }) => addSeconds(parseInstant(start), quarter * 900)),
  fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => instantOf(date.getTime())),
);

export const times = fc.integer({ min: 0, max: 95 }).map((quarter) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows, `2026-12-01T09:00`, by the runtime's own formatter; such texts sort as clocks do. */
export const shownAt = (at: Instant, zone: string): string => {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  formatters.set(zone, formatter);
  return formatter.format(new Date(at)).replace(' ', 'T');
};
