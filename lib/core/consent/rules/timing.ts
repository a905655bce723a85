import { type EpochDay, type EpochMs, parseInstant } from '../civil.ts';
import type { Facts } from '../derive.ts';
import type { Week, Window } from '../policy.ts';
import type { Rule } from '../rule.ts';
import { wallClock } from '../zone.ts';
import { turnsOf } from '../turns.ts';

const isCommercialEmail = ({ message, commercial }: Facts): boolean => message.channel === 'email' && commercial;

/** Weekdays from the epoch on: 1 January 1970 was a Thursday. */
const weekdays = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const satisfies readonly (keyof Week)[];

/** The window in force on a local day; null when the message may go at any hour. */
const windowOn = (facts: Facts, day: EpochDay): Window | null => {
  const { message, policy, contact } = facts;
  if (message.channel === 'email') return facts.commercial ? policy.email_commercial_window : null;
  if (message.purpose === 'emergency_safety') return null;
  const week = contact.state === null ? undefined : policy.sms_state_windows[contact.state];
  const weekday = weekdays[((day % 7) + 7) % 7] ?? 'thu';
  return week?.[weekday] ?? week?.['*'] ?? policy.sms_window;
};

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Whether the wall clock at `at` is before opening, or at closing or later. */
const isOutside = (facts: Facts, zone: string, at: EpochMs): boolean => {
  const { day, sinceMidnightMs } = wallClock(zone, at);
  const window = windowOn(facts, day);
  if (window === null) return false;
  const minute = sinceMidnightMs / 60_000;
  return minute < minuteOf(window[0]) || minute >= minuteOf(window[1]);
};

const hasWindow = (facts: Facts): boolean => windowOn(facts, 0) !== null;

/** Two weeks and a day: each weekday comes twice, so one that a change of clock leaves without a window comes again. */
const searchedDays = 15;

/** The next instant at which a window opens, a jump of the clock into one included; null when none ever does. */
const nextOpening = (facts: Facts, zone: string): EpochMs | null => {
  const today = wallClock(zone, facts.now).day;
  for (let day = today; day < today + searchedDays; day++) {
    const window = windowOn(facts, day);
    if (window === null || window[0] === window[1]) continue;
    const openings = turnsOf(zone, day, minuteOf(window[0])).filter(
      (at) => at > facts.now && wallClock(zone, at).day === day && !isOutside(facts, zone, at),
    );
    if (openings.length > 0) return Math.min(...openings);
  }
  return null;
};

const uncapped = new Set(['emergency_safety', 'legal_notice', 'account_security']);

/** For each cap that is hit, the instant at which its oldest counted message leaves the span; null if it never does. */
const hitCaps = (facts: Facts): (EpochMs | null)[] => {
  const { message, contact, now, policy } = facts;
  const text = message.channel === 'sms';
  if (uncapped.has(message.purpose) || (!text && !facts.commercial)) return [];
  const sent = contact.send_history
    .filter(({ channel, commercial }) => channel === message.channel && (text || commercial))
    .map(({ at }) => parseInstant(at))
    .filter((at) => at <= now)
    .sort((a, b) => b - a);
  return (text ? policy.caps_sms : policy.caps_email_commercial).flatMap(([most, seconds]) => {
    const counted = sent.filter((at) => at > now - seconds * 1000).length;
    if (counted < most) return [];
    const freeing = sent[most - 1];
    return [freeing === undefined ? null : freeing + seconds * 1000];
  });
};

/** Denials that pass with time. They come last, so nothing is tried again that has no basis. */
export const timing: readonly Rule[] = [
  {
    code: 'STREAM_COMPLAINT_RATE',
    kind: 'policy',
    cite: 'policy; bulk-sender rules of mailbox providers',
    when: (facts) =>
      isCommercialEmail(facts) && facts.message.stream.complaint_rate >= facts.policy.complaint_rate_stop,
  },
  {
    code: 'TIME_ZONE_UNKNOWN',
    kind: 'policy',
    cite: 'policy',
    when: (facts) => facts.contact.time_zone === null && hasWindow(facts),
  },
  {
    code: 'QUIET_HOURS',
    kind: 'both',
    cite: '47 CFR 64.1200(c)(1); Fla. Stat. 501.616; RCW 80.36.390; Tex. Bus. & Com. Code 301-305',
    when: (facts) => {
      const { time_zone: zone } = facts.contact;
      return zone !== null && hasWindow(facts) && isOutside(facts, zone, facts.now);
    },
    retryAt: (facts) => (facts.contact.time_zone === null ? null : nextOpening(facts, facts.contact.time_zone)),
  },
  {
    code: 'FREQUENCY_CAP',
    kind: 'policy',
    cite: 'policy; 47 CFR 64.1200(a)(9)(iv)',
    when: (facts) => hitCaps(facts).length > 0,
    retryAt: (facts) => {
      const freed = hitCaps(facts).flatMap((at) => at ?? []);
      return freed.length === hitCaps(facts).length ? Math.max(...freed) : null;
    },
  },
];
