import { describe, expect, test } from 'vitest';

import { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import { Message } from '../../../lib/core/consent/message.ts';
import { email, noon, ownService, patient, promotion, prospect, reminder, text, using } from './builders.ts';

const reasonOf = (contact: unknown, message: unknown, now = noon, policy?: unknown) =>
  decide(contact, message, now, policy as never).reason;
const without = (value: object, key: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

describe('a missing key denies', () => {
  test.each(Object.keys(Contact.shape))('contact.%s', (key) => {
    expect(reasonOf(without(patient(), key), reminder())).toBe('INPUT_INVALID');
  });
  test.each(Object.keys(Message.shape))('message.%s', (key) => {
    expect(reasonOf(patient(), without(reminder(), key))).toBe('INPUT_INVALID');
  });
  test.each(Object.keys(Message.shape.phi.shape))('message.phi.%s', (key) => {
    expect(reasonOf(patient(), { ...reminder(), phi: without(using({}), key) })).toBe('INPUT_INVALID');
  });
  test('a key of a record', () => {
    expect(reasonOf({ ...patient(), addresses: [without(email, 'verified')] }, reminder())).toBe('INPUT_INVALID');
  });
});

describe('an unknown value denies', () => {
  test.each([
    ['a purpose', patient(), { ...reminder(), purpose: 're_engagement' }],
    ['a data class', patient(), reminder({ phi: using({ segment: ['horoscope' as never] }) })],
    ['a state', patient({ state: 'ca' as never }), reminder()],
    ['a time zone', patient({ time_zone: 'Mars/Phobos' }), reminder()],
    ['a bare offset for a zone', patient({ time_zone: '-05:00' }), reminder()],
    ['a birth date that no calendar has', patient({ birth_date: '1979-02-29' }), reminder()],
    ['a consent type', patient({ consents: [{ type: 'nod' } as never] }), reminder()],
    ['a complaint rate beyond one', patient(), reminder({ stream: { complaint_rate: 1.5 } })],
    ['nothing at all', null, undefined],
  ])('%s', (_, contact, message) => {
    expect(reasonOf(contact, message)).toBe('INPUT_INVALID');
  });
});

describe('an instant that cannot be read denies', () => {
  test.each([
    '2026-04-02T16:00:00',
    '2026-04-02',
    '2026-04-02 16:00:00Z',
    '2026-02-30T16:00:00Z',
    '2026-04-02T24:00:00Z',
    '2026-04-02T16:00:60Z',
    '2026-04-02T16:00Z',
    '2026-04-02T16:00:00.Z',
    '2026-04-02T16:00:00+0200',
    '2026-04-02T16:00:00+24:00',
    '2026-04-02T16:00:00~02:00',
    '2026-04-02T16:00:00+02.00',
    'now',
    '',
  ])('%s', (now) => {
    expect(reasonOf(patient(), reminder(), now)).toBe('INPUT_INVALID');
  });
  test.each(['2026-04-02T16:00:00Z', '2026-04-02t16:00:00.123456789z', '2026-04-02T09:00:00-07:00'])(
    'and %s is one',
    (now) => {
      expect(reasonOf(patient(), reminder(), now)).toBe('PERMIT_TREATMENT');
    },
  );
});

describe('input that contradicts itself denies', () => {
  test.each([
    ['an address of another channel', patient(), text({ to_address_id: 'em-1' })],
    ['an address listed twice', patient({ addresses: [email, email] }), reminder()],
    ['a patient without a birth date', patient({ birth_date: null }), reminder()],
    ['an announcement that promotes nothing', patient(), ownService({ promotions: [] })],
    [
      'a security notice that promotes',
      patient(),
      reminder({ purpose: 'account_security', promotions: [promotion()] }),
    ],
  ])('%s', (_, contact, message) => {
    expect(reasonOf(contact, message)).toBe('INPUT_INVALID');
  });
  test('another address listed twice is no matter', () => {
    const other = { ...email, address_id: 'em-2' };
    expect(reasonOf(patient({ addresses: [email, other, other] }), reminder())).toBe('PERMIT_TREATMENT');
  });
  test('a prospect needs no birth date', () => {
    expect(reasonOf(prospect(), reminder())).toBe('PERMIT_TREATMENT');
  });
});

describe('a policy that cannot be read denies', () => {
  test.each([
    ['an unknown key', { honour_any_revocation: false }],
    ['an unknown class', { sms_allowed_content: ['horoscope'] }],
    ['hours backwards', { sms_window: ['21:00', '08:00'] }],
    ['hours that no clock shows', { sms_window: ['8:00', '25:00'] }],
    ['null', null],
    ['a list', []],
  ])('%s', (_, policy) => {
    expect(reasonOf(patient(), reminder(), noon, policy)).toBe('INPUT_INVALID');
    expect(decide(patient(), reminder(), noon, policy as never).digests.policy).toBeNull();
  });
  test('a policy that refers to itself', () => {
    const policy: Record<string, unknown> = {};
    policy.sms_window = policy;
    expect(reasonOf(patient(), reminder(), noon, policy)).toBe('INPUT_INVALID');
  });
});

test('keys beyond the schema are ignored', () => {
  expect(reasonOf({ ...patient(), nickname: 'x' }, { ...reminder(), note: 'x' })).toBe('PERMIT_TREATMENT');
});

test('input that throws when read denies', () => {
  const contact = { ...patient() };
  Object.defineProperty(contact, 'state', {
    enumerable: true,
    get: () => {
      throw new Error('unreadable');
    },
  });
  expect(reasonOf(contact, reminder())).toBe('INPUT_INVALID');
});
