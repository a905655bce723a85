import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import { ownService, patient, text } from './builders.ts';
import { textConsent } from './forms.ts';

const answer = (
  now: string,
  changes: Partial<Contact> = {},
  policy: Partial<Policy> = {},
  message: Message = text(),
) => {
  const made = decide(patient({ consents: [textConsent()], ...changes }), message, now, policy);
  return 'retry_at' in made ? [made.reason, made.retry_at] : [made.reason];
};
const open = ['PERMIT_TREATMENT'];

describe('texts keep local hours', () => {
  test('the opening minute is inside', () => {
    expect(answer('2026-04-02T12:00:00Z')).toEqual(open);
  });
  test('a millisecond before opening waits for it', () => {
    expect(answer('2026-04-02T11:59:59.999Z')).toEqual(['QUIET_HOURS', '2026-04-02T12:00:00Z']);
  });
  test('the last millisecond before closing is inside', () => {
    expect(answer('2026-04-03T00:59:59.999Z')).toEqual(open);
  });
  test('the night of the change to summer time is an hour shorter', () => {
    expect(answer('2026-03-08T03:00:00Z')).toEqual(['QUIET_HOURS', '2026-03-08T12:00:00Z']);
  });
  test('the night of the change to winter time is an hour longer', () => {
    expect(answer('2026-11-01T02:00:00Z')).toEqual(['QUIET_HOURS', '2026-11-01T13:00:00Z']);
  });
  test('Arizona knows no summer time', () => {
    expect(answer('2026-07-02T14:59:00Z', { state: 'AZ', time_zone: 'America/Phoenix' })).toEqual([
      'QUIET_HOURS',
      '2026-07-02T15:00:00Z',
    ]);
  });
  test('an offset in the instant of sending changes nothing', () => {
    expect(answer('2026-04-02T14:00:00+02:00')).toEqual(open);
  });
});

describe('states have hours of their own', () => {
  const texas = { state: 'TX', time_zone: 'America/Chicago' } as const;

  test('in Texas a Sunday opens at noon', () => {
    expect(answer('2026-04-05T16:59:59Z', texas)).toEqual(['QUIET_HOURS', '2026-04-05T17:00:00Z']);
  });
  test('in Texas a Saturday night waits for Sunday noon', () => {
    expect(answer('2026-04-05T02:00:00Z', texas)).toEqual(['QUIET_HOURS', '2026-04-05T17:00:00Z']);
  });
  test('in Texas a Sunday night waits for nine on Monday', () => {
    expect(answer('2026-04-06T02:00:00Z', texas)).toEqual(['QUIET_HOURS', '2026-04-06T14:00:00Z']);
  });
  test('in Florida eight in the evening is late', () => {
    expect(answer('2026-04-03T00:00:00Z', { state: 'FL' })).toEqual(['QUIET_HOURS', '2026-04-03T12:00:00Z']);
  });
  test('a policy without states leaves the general hours', () => {
    expect(answer('2026-04-03T00:00:00Z', { state: 'FL' }, { sms_state_windows: {} })).toEqual(open);
  });
  test('a weekday without a row of its own keeps the general hours', () => {
    const policy: Partial<Policy> = { sms_state_windows: { OH: { sun: ['12:00', '13:00'] } } };
    expect(answer('2026-04-02T12:00:00Z', {}, policy)).toEqual(open);
  });
});

describe('a policy sets hours', () => {
  test('an opening in the hour that is skipped is the end of the gap', () => {
    expect(answer('2026-03-08T05:00:00Z', {}, { sms_window: ['02:30', '20:00'] })).toEqual([
      'QUIET_HOURS',
      '2026-03-08T07:00:00Z',
    ]);
  });
  test('a window inside the hour that is skipped opens the next day', () => {
    expect(answer('2026-03-08T05:00:00Z', {}, { sms_window: ['02:10', '02:50'] })).toEqual([
      'QUIET_HOURS',
      '2026-03-09T06:10:00Z',
    ]);
  });
  test('a window inside the hour that is repeated opens twice', () => {
    const policy: Partial<Policy> = { sms_window: ['01:10', '01:20'] };
    expect(answer('2026-11-01T05:00:00Z', {}, policy)).toEqual(['QUIET_HOURS', '2026-11-01T05:10:00Z']);
    expect(answer('2026-11-01T05:30:00Z', {}, policy)).toEqual(['QUIET_HOURS', '2026-11-01T06:10:00Z']);
    expect(answer('2026-11-01T06:30:00Z', {}, policy)).toEqual(['QUIET_HOURS', '2026-11-02T06:10:00Z']);
  });
  test('a clock turned back into the window opens it', () => {
    expect(answer('2026-11-01T05:40:00Z', {}, { sms_window: ['00:30', '01:30'] })).toEqual([
      'QUIET_HOURS',
      '2026-11-01T06:00:00Z',
    ]);
  });
  test('a closed Sunday waits for Monday', () => {
    const policy: Partial<Policy> = { sms_state_windows: { OH: { '*': ['09:00', '17:00'], sun: ['24:00', '24:00'] } } };
    expect(answer('2026-04-05T14:00:00Z', {}, policy)).toEqual(['QUIET_HOURS', '2026-04-06T13:00:00Z']);
  });
  test('hours that never open give no time to retry', () => {
    expect(answer('2026-04-05T14:00:00Z', {}, { sms_window: ['09:00', '09:00'] })).toEqual(['QUIET_HOURS']);
  });
  test('commercial email keeps hours only where the policy sets them', () => {
    const late = '2026-04-03T02:00:00Z';
    expect(answer(late, {}, {}, ownService())).toEqual(['PERMIT_OPERATIONS']);
    expect(answer(late, {}, { email_commercial_window: ['08:00', '24:00'] }, ownService())).toEqual([
      'PERMIT_OPERATIONS',
    ]);
    expect(answer(late, {}, { email_commercial_window: ['08:00', '22:00'] }, ownService())).toEqual([
      'QUIET_HOURS',
      '2026-04-03T12:00:00Z',
    ]);
    expect(answer(late, { time_zone: null }, { email_commercial_window: ['08:00', '22:00'] }, ownService())).toEqual([
      'TIME_ZONE_UNKNOWN',
    ]);
  });
});

describe('messages are capped', () => {
  const sent = (...history: readonly [string, 'email' | 'sms', boolean][]): Partial<Contact> => ({
    send_history: history.map(([at, channel, commercial]) => ({ at, channel, commercial })),
  });
  const noon = '2026-04-02T16:00:00Z';

  test('a text sent exactly a day ago no longer counts', () => {
    expect(answer(noon, sent(['2026-04-01T16:00:00Z', 'sms', false]))).toEqual(open);
  });
  test('a text sent at this instant counts', () => {
    expect(answer(noon, sent([noon, 'sms', false]))).toEqual(['FREQUENCY_CAP', '2026-04-03T16:00:00Z']);
  });
  test('a text sent later has not been sent', () => {
    expect(answer(noon, sent(['2026-04-02T16:00:01Z', 'sms', false]))).toEqual(open);
  });
  test('of two caps that are hit the later one sets the time', () => {
    const history = sent(
      ['2026-03-29T16:00:00Z', 'sms', true],
      ['2026-03-31T16:00:00Z', 'sms', false],
      ['2026-04-02T08:00:00Z', 'sms', false],
    );
    expect(answer(noon, history)).toEqual(['FREQUENCY_CAP', '2026-04-05T16:00:00Z']);
  });
  test('email does not count against texts, nor care against commercial email', () => {
    expect(answer(noon, sent([noon, 'email', true]))).toEqual(open);
    expect(answer(noon, sent([noon, 'email', false], [noon, 'sms', true]), {}, ownService())).toEqual([
      'PERMIT_OPERATIONS',
    ]);
  });
  test('a cap of none is never free', () => {
    expect(answer(noon, {}, { caps_sms: [[0, 3600]] })).toEqual(['FREQUENCY_CAP']);
  });
  test('a security text is not capped', () => {
    expect(answer(noon, sent([noon, 'sms', false]), {}, text({ purpose: 'account_security' }))).toEqual([
      'PERMIT_ACCOUNT_SECURITY',
    ]);
  });
});
