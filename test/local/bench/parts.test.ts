import { expect, test } from 'vitest';
import { behaviourOf, deedAt, mixes } from '../../../lib/local/bench/behaviour.ts';
import { bareSource, packagesOf, sdkUseOf } from '../../../lib/local/bench/bundles.ts';
import { journeyOf, measureCompile } from '../../../lib/local/bench/compile.ts';
import { median } from '../../../lib/local/bench/median.ts';
import { minutesOf } from '../../../lib/local/bench/schedules.ts';

test('the median of an odd number of values is the middle one', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 9, 2])).toBe(3);
});

test('the median of one value is that value', () => {
  expect(median([7])).toBe(7);
});

test.each([['rate(1 minute)', 1], ['rate(15 minutes)', 15], ['rate(2 hours)', 120]])('%s is every %i minutes', (expression, minutes) => {
  expect(minutesOf(expression)).toBe(minutes);
});

test('a schedule that is no rate is refused', () => {
  expect(() => minutesOf('cron(0 3 * * ? *)')).toThrow('is no rate');
});

test.each([[0, 'webinar'], [0.15, 'portal'], [0.3, 'more'], [0.46, 'enroll'], [0.5, 'silent'], [0.99, 'silent']] as const)(
  'in the mix a draw of %f is %s', (draw, deed) => {
    expect(deedAt(draw, mixes.mix)).toBe(deed);
  });

test('on the longest path nobody answers', () => {
  expect(deedAt(0, mixes.silent)).toBe('silent');
});

test('a contact behaves alike under the same seed', () => {
  expect(behaviourOf('made-up/1', mixes.mix, 1)).toEqual(behaviourOf('made-up/1', mixes.mix, 1));
});

const inputs = {
  'functions/one/index.ts': { bytesInOutput: 10 },
  '../there/node_modules/@aws-sdk/client-kms/dist-es/KMSClient.js': { bytesInOutput: 5 },
  'node_modules/@aws-sdk/client-kms/dist-es/commands/DecryptCommand.js': { bytesInOutput: 3 },
  'node_modules/@aws-sdk/client-kms/dist-es/commands/EncryptCommand.js': { bytesInOutput: 0 },
  'node_modules/zod/v4/core/schemas.js': { bytesInOutput: 20 },
};

test('the clients and commands of a bundle are those that left something in it', () => {
  expect(sdkUseOf(inputs)).toEqual({ '@aws-sdk/client-kms': ['DecryptCommand', 'KMSClient'] });
});

test('a bundle is weighed by package, the heaviest first', () => {
  expect(packagesOf(inputs)).toEqual([
    { name: 'zod', bytes: 20 }, { name: 'sendwell', bytes: 10 }, { name: '@aws-sdk/client-kms', bytes: 8 },
  ]);
});

test('a bare handler makes the clients and holds the commands', () => {
  expect(bareSource({ '@aws-sdk/client-kms': ['DecryptCommand', 'KMSClient'] })).toBe(
    "import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';\n"
    + 'const held = [DecryptCommand, new KMSClient({})];\n'
    + 'export const handler = async () => held.length;\n');
});

test('a made journey has as many steps as were asked for', () => {
  expect((journeyOf(100) as { steps: unknown[] }).steps).toHaveLength(100);
});

test.each([10, 100, 1000])('a made journey of %i steps compiles', (steps) => {
  expect(measureCompile(steps, 1).steps).toBe(steps);
});
