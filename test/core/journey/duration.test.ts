import { describe, expect, it } from 'vitest';
import { DurationText, durationOf, leastMinutes } from '../../../lib/core/journey/duration.ts';

describe('a duration', () => {
  it.each([
    ['7 days', { days: 7, hours: 0, minutes: 0 }],
    ['3 hours', { days: 0, hours: 3, minutes: 0 }],
    ['90 minutes', { days: 0, hours: 0, minutes: 90 }],
    ['1 day 6 hours', { days: 1, hours: 6, minutes: 0 }],
    ['1 day 1 hour 1 minute', { days: 1, hours: 1, minutes: 1 }],
    ['1 week', { days: 7, hours: 0, minutes: 0 }],
    ['2 weeks 1 day', { days: 15, hours: 0, minutes: 0 }],
    ['1 month', { months: 1, days: 0, hours: 0, minutes: 0 }],
    ['18 months 1 week 2 days 3 hours 4 minutes', { months: 18, days: 9, hours: 3, minutes: 4 }],
    ['2 days 30 minutes', { days: 2, hours: 0, minutes: 30 }],
  ])('is read in words: %s', (text, span) => {
    expect(durationOf(DurationText.parse(text))).toEqual(span);
  });

  it.each(['', '0 days', '7', '7days', 'a week', '6 hours 1 day', '-1 days', '1.5 hours', '1000 days', '100 months', '1 day 1 week', '1 year', ' 1 day'])(
    'is refused in other forms: "%s"', (text) => {
      expect(DurationText.safeParse(text).success).toBe(false);
    },
  );

  it('takes 23 hours at least for each day', () => {
    expect(leastMinutes({ days: 2, hours: 1, minutes: 5 })).toBe(2825);
  });

  it('takes 28 days at least for each month', () => {
    expect(leastMinutes({ months: 1, days: 0, hours: 0, minutes: 0 })).toBe(38_640);
  });
});
