import { expect, test } from 'vitest';
import defaults from '../../cdk.json' with { type: 'json' };
import { readConfiguration } from '../../lib/stacks/configuration.ts';
import { deployment } from './deployment.ts';

const { organisation } = defaults.context;
const withPolicy = (policy: object) => () => readConfiguration({ ...defaults.context, organisation: { ...organisation, policy } });

test('the configuration that ships is read', () => {
  expect(readConfiguration(defaults.context)).toMatchObject({ prefix: 'sendwell', receiveUnsubscribes: false });
});

test('a policy past the law is refused by its path, with the code, the law and what to set instead', () => {
  expect(withPolicy({ sms_window: ['07:00', '21:00'] })).toThrow(
    /organisation\.policy\.sms_window: policy\.past-law: sms_window goes past what the law alone would allow: From 8:00 to 21:00[^]*Stay between 08:00 and 21:00\./u,
  );
});

test('every fault is named at once', () => {
  expect(withPolicy({ caps_sms: [], chd_states: [] })).toThrow(/policy\.chd_states: [^]*policy\.caps_sms: |policy\.caps_sms: [^]*policy\.chd_states: /u);
});

test('a policy with a key that there is not is refused: under it nobody would be written to', () => {
  expect(withPolicy({ quiet_hours: true })).toThrow(/organisation\.policy\.quiet_hours: policy\.unknown-key/u);
});

test('a policy that is only looser than the defaults is accepted', () => {
  expect(withPolicy({ complaint_blocks_all: false, caps_email_commercial: [[2, 86_400]] })).not.toThrow();
});

test('renewals by a journey that is not deployed are refused', () => {
  const changes = { organisation: { ...organisation, renewals: { journey: 'nothing', daysBefore: 30 } } };
  expect(() => deployment({ changes })).toThrow(/organisation\.renewals\.journey: there is no journey nothing/u);
});
