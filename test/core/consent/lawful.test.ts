import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../../lib/core/consent/decide.ts';
import { DataClass } from '../../../lib/core/consent/classes.ts';
import { limits, policyFaults } from '../../../lib/core/consent/lawful.ts';
import { defaults } from '../../../lib/core/consent/policy.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import { isGroup } from '../../../lib/core/consent/rule.ts';
import { State } from '../../../lib/core/consent/state.ts';
import { table } from '../../../lib/core/consent/table.ts';
import { scene, shifted } from './arbitrary-scene.ts';
import { noon, patient, text } from './builders.ts';
import { textConsent } from './forms.ts';

const open: DataClass[] = ['contact_info', 'appointment_logistics'];

/** Every key as far as the law alone lets it go. */
const furthest: Policy = {
  ...defaults,
  honor_any_revocation: false, revocation_sweeps: false, reauthorize_when_representation_ends: false, complaint_blocks_all: false,
  require_verified_address: false, minor_marketing_allowed: true, allow_third_party_lists: true,
  part2_require_consent_for_own_program: false, sms_allowed_content: open, subject_allowed_classes: open, sensitive_content_classes: [],
  health_education_is_commercial: false, paid_refill_is_commercial: false, require_one_click: false, require_opt_in_consumer: false,
  chd_states: ['WA', 'NV'], complaint_rate_stop: 2, caps_email_commercial: [], caps_sms: [[3, 86_400]],
};

const clock = fc.integer({ min: 0, max: 24 }).map((hour) => `${String(hour).padStart(2, '0')}:${hour === 24 ? '00' : '30'}`);
const hours = fc.tuple(clock, clock).map(([one, other]) => (one <= other ? [one, other] : [other, one]) as [string, string]);
const caps = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(3600, 86_400, 604_800)), { maxLength: 3 });
const week = fc.record({ '*': hours, 'sun': hours, 'wed': hours }, { requiredKeys: [] });
const classes = fc.subarray([...DataClass.options]);
const weeks = fc.dictionary(fc.constantFrom(...State.options), week, { maxKeys: 4 }).map((some) => ({ ...defaults.sms_state_windows, ...some }));
const flag = fc.boolean();

/** Any value of each key that can be read, lawful or not. */
const values: { readonly [K in keyof Policy]: fc.Arbitrary<Policy[K]> } = {
  honor_any_revocation: flag, revocation_sweeps: flag, reauthorize_when_representation_ends: flag, complaint_blocks_all: flag,
  require_verified_address: flag, minor_marketing_allowed: flag, allow_third_party_lists: flag, part2_require_consent_for_own_program: flag,
  sms_allowed_content: classes, subject_allowed_classes: classes, sensitive_content_classes: classes, unencrypted_preference_allowed: flag,
  health_education_is_commercial: flag, paid_refill_is_commercial: flag, require_one_click: flag, require_opt_in_consumer: flag,
  chd_states: fc.oneof(fc.constant('ALL' as const), fc.subarray([...State.options])), complaint_rate_stop: fc.double({ min: 0, max: 2, noNaN: true }),
  sms_window: hours, sms_state_windows: fc.oneof(weeks, fc.constant({})), email_commercial_window: fc.option(hours), caps_email_commercial: caps, caps_sms: caps,
};

const keys = Object.keys(values) as (keyof Policy)[];

/** Some keys set to anything, the others as far as the law goes or at their defaults. */
const anyPolicy: fc.Arbitrary<Policy> = fc.tuple(fc.record(values), fc.array(fc.constantFrom('set', 'furthest', 'default'), { minLength: keys.length, maxLength: keys.length }))
  .map(([drawn, how]) => Object.fromEntries(keys.map((key, index) =>
    [key, how[index] === 'set' ? drawn[key] : how[index] === 'furthest' ? furthest[key] : defaults[key]])) as Policy);

/** The same policy with every key that goes past the law back at its default. */
const mended = (policy: Policy): Policy => {
  const wrong = policyFaults(policy).map(({ key }) => key);
  const next = Object.fromEntries(keys.map((key) => [key, wrong.includes(key) ? defaults[key] : policy[key]])) as Policy;
  return wrong.length === 0 ? next : mended(next);
};

const rows = table.flatMap((row) => (isGroup(row) ? row.codes : [row]));
const legal = new Set<string>(rows.filter(({ kind }) => kind !== 'policy').map(({ code }) => code));

test('the defaults, and every key as far as the law goes, are accepted', () => {
  expect([policyFaults({}), policyFaults(defaults), policyFaults(furthest)]).toEqual([[], [], []]);
});

test('whatever policy is accepted, a message that the law alone denies is denied under it too', () => {
  const at = fc.integer({ min: 0, max: 31_536_000 });
  let judged = 0;
  fc.assert(fc.property(scene, anyPolicy, at, ({ contact, message, now: drawn }, policy, seconds) => {
    const now = seconds % 2 === 0 ? drawn : shifted('2026-01-10T00:00:00Z', seconds * 1000);
    const accepted = mended(policy);
    expect(policyFaults(accepted)).toEqual([]);
    if (!legal.has(decide(contact, message, now, furthest).reason)) return;
    judged += 1;
    expect(decide(contact, message, now, accepted).decision).toBe('deny');
  }), { numRuns: 10_000 });
  expect(judged).toBeGreaterThan(2000);
});

/** One value past the law for each key that it limits. */
const past: Partial<Policy> = {
  sms_allowed_content: ['diagnosis'], subject_allowed_classes: ['contact_info', 'lab_result'], chd_states: ['WA'],
  sms_window: ['07:00', '21:00'], sms_state_windows: {}, caps_sms: [[4, 86_400]],
};

test('every key that the law limits has a value that is refused, with the key, the law and a remedy', () => {
  const unlimited = keys.filter((key) => limits[key].remedy === '');
  expect([...Object.keys(past), ...unlimited].sort()).toEqual([...keys].sort());
  for (const [key, value] of Object.entries(past)) {
    expect(policyFaults({ [key]: value })).toMatchObject([{ code: 'policy.past-law', key, message: expect.stringContaining(key), remedy: expect.stringMatching(/\.$/u) }]);
  }
});

test.each([
  ['a state left out', { sms_state_windows: { CT: { '*': ['09:00', '20:00'] } } }],
  ['a Sunday longer than that of Texas', { sms_state_windows: { ...defaults.sms_state_windows, TX: { '*': ['09:00', '21:00'] } } }],
  ['hours of another state past the federal ones', { sms_state_windows: { ...defaults.sms_state_windows, NY: { '*': ['06:00', '12:00'] } } }],
])('hours of states are refused with %s', (_, policy) => {
  expect(policyFaults(policy).map(({ key }) => key)).toEqual(['sms_state_windows']);
});

test('what would be let through otherwise: a text in Florida at half past eight in the evening', () => {
  const contact = patient({ state: 'FL', consents: [textConsent()] });
  const evening = '2026-04-03T00:30:00Z';
  expect(decide(contact, text(), evening).reason).toBe('QUIET_HOURS');
  expect(decide(contact, text(), evening, { sms_state_windows: {} }).decision).toBe('permit');
  expect(policyFaults({ sms_state_windows: {} })).not.toEqual([]);
});

test('a key that there is not, and a value that cannot be read, are named: under them every message is denied', () => {
  expect(policyFaults({ quiet_hours: true, sms_window: ['21:00', '08:00'] }).map(({ code, key }) => [code, key]).sort())
    .toEqual([['policy.unknown-key', 'quiet_hours'], ['policy.unreadable', 'sms_window']]);
  expect(decide(patient(), text(), noon, { quiet_hours: true } as Partial<Policy>).reason).toBe('INPUT_INVALID');
});
