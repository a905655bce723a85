import { describe, expect, test } from 'vitest';
import type { ContactEvent, EventOf } from '../../../lib/core/engine/event.ts';
import { isAutomated, settled, settlesAt } from '../../../lib/core/engine/scanner.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';

const following = {
  method: 'GET', userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
  sentAt: '2026-11-02T14:00:00.000Z' as Instant, at: '2026-11-02T14:10:00.000Z' as Instant,
};

test('a browser that follows a link after some minutes is a person', () => {
  expect(isAutomated(following)).toBe(false);
});

test('a request for headers alone is automated', () => {
  expect(isAutomated({ ...following, method: 'HEAD' })).toBe(true);
});

test('a program that does not say what it is is automated', () => {
  expect(isAutomated({ ...following, userAgent: '' })).toBe(true);
});

test('a mail gateway that says so is automated', () => {
  expect(isAutomated({ ...following, userAgent: 'Mozilla/5.0 (compatible; Barracuda Sentinel)' })).toBe(true);
});

test('a link that is followed within five seconds of the mail is automated', () => {
  expect(isAutomated({ ...following, at: '2026-11-02T14:00:04.999Z' as Instant })).toBe(true);
  expect(isAutomated({ ...following, at: '2026-11-02T14:00:05.000Z' as Instant })).toBe(false);
});

test.each([
  ['Apple', 'Mozilla/5.0'],
  ['Gmail', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'],
  ['Yahoo', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html'],
])('an image that %s fetches ahead is automated', (_, userAgent) => {
  expect(isAutomated({ ...following, userAgent })).toBe(true);
});

describe('clicks on a mail', () => {
  const first = '2026-11-02T14:10:00.000Z' as Instant;
  const after = addSeconds(first, 3600);
  const click = (link: string, seconds: number, links: number, change: Partial<EventOf<'click'>> = {}): EventOf<'click'> => ({
    type: 'click', id: `${link}-${seconds}`, at: addSeconds(first, seconds), enrolment: 'e_00000000000000000000000001', step: 'invite',
    leg: 0, link, automated: false, links, ...change,
  });
  const byPeople = (events: readonly ContactEvent[], now = after): readonly string[] =>
    settled(events, now).flatMap((event) => (event.type === 'click' && !event.automated ? [event.id] : []));

  test('with one link count at once', () => {
    expect(byPeople([click('a', 0, 1)], first)).toEqual(['a-0']);
  });

  test('with several links count when the grace is over, and not before', () => {
    const one = click('a', 0, 3);
    expect(settlesAt(one)).toBe(addSeconds(first, 30));
    expect(settled([one], addSeconds(first, 29.999))).toEqual([]);
    expect(byPeople([one], addSeconds(first, 30))).toEqual(['a-0']);
  });

  test('that follow all links within the grace are automated', () => {
    expect(byPeople([click('a', 0, 3), click('b', 14, 3), click('c', 28, 3)])).toEqual([]);
    expect(byPeople([click('a', 0, 2), click('b', 30, 2)])).toEqual([]);
  });

  test('show to be a run over the links as soon as they are one', () => {
    expect(settled([click('a', 0, 2), click('b', 2, 2)], addSeconds(first, 2)).map((event) => event.type === 'click' && event.automated)).toEqual([true, true]);
  });

  test('on two of more than two links at the same instant are automated', () => {
    expect(byPeople([click('a', 0, 5), click('b', 1, 5)])).toEqual([]);
    expect(byPeople([click('a', 0, 5), click('b', 1.001, 5)])).toEqual(['a-0', 'b-1.001']);
  });

  test('on the same link twice are no run', () => {
    expect(byPeople([click('a', 0, 2), click('a', 0.5, 2)])).toEqual(['a-0', 'a-0.5']);
  });

  test('of a person after a scanner count', () => {
    expect(byPeople([click('a', 0, 2), click('b', 1, 2), click('a', 600, 2)])).toEqual(['a-600']);
  });

  test('on another mail are no part of a run', () => {
    expect(byPeople([click('a', 0, 2), click('b', 1, 2, { leg: 1 })])).toEqual(['a-0', 'b-1']);
    expect(byPeople([click('a', 0, 2), click('b', 1, 2, { step: 'nudge' })])).toEqual(['a-0', 'b-1']);
  });

  test('by a program that says what it is make a run with others', () => {
    expect(byPeople([click('a', 0, 2, { automated: true }), click('b', 5, 2)])).toEqual([]);
  });

  test('that were recorded before links were counted count at once', () => {
    const { links: _, ...old } = click('a', 0, 3);
    expect(byPeople([old], first)).toEqual(['a-0']);
  });
});
