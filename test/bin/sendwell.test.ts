import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { objectName, receiptLines, sealName, sealText } from '../../lib/core/audit/archive.ts';
import { headOf, origin } from '../../lib/core/audit/chain.ts';
import { referenceOf } from '../../lib/core/audit/receipt.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import { chainOf } from '../core/audit/receipts.ts';
import { tool } from './tool.ts';

const root = mkdtempSync(join(tmpdir(), 'sendwell-cli-'));
afterAll(() => rmSync(root, { recursive: true }));

const daysOf = (chain: readonly Receipt[]): readonly string[] => [...new Set(chain.map(({ day }) => day))];

/** A folder as the export writes it. */
const exported = (name: string, chain: readonly Receipt[]): string => {
  const folder = join(root, name);
  for (const day of daysOf(chain)) {
    const receipts = chain.filter((receipt) => receipt.day === day);
    const before = chain.findLast((receipt) => receipt.day < day);
    mkdirSync(join(folder, 'receipts', day), { recursive: true });
    writeFileSync(join(folder, objectName(day, 1)), receiptLines(receipts));
    const end = receipts.at(-1);
    writeFileSync(join(folder, sealName(day)), sealText(day, before === undefined ? origin : headOf(before), end === undefined ? origin : headOf(end)));
  }
  return folder;
};

const chain = await chainOf([3, 2, 2]);
const whole = exported('whole', chain);

test('an exported folder is proved whole', async () => {
  expect(await tool('verify-receipts', '--folder', whole))
    .toMatchObject({ status: 0, err: '', out: `The chain is whole: 7 receipts, ending with ${chain.at(-1)?.hash}.` });
});

test('a folder of some days says after which receipt it begins', async () => {
  expect((await tool('verify-receipts', '--folder', join(whole, 'receipts', '..', 'receipts'))).status).toBe(0);
  const later = exported('later', chain);
  rmSync(join(later, 'receipts', '2026-11-02'), { recursive: true });
  expect((await tool('verify-receipts', '--folder', later)).out).toMatch(/whole: 4 receipts[^]*after receipt 2026-11-02\/3/u);
});

test('a day whose last receipt is gone is found by its seal', async () => {
  const folder = exported('short', chain);
  writeFileSync(join(folder, objectName('2026-11-04', 1)), receiptLines(chain.slice(5, 6)));
  expect(await tool('verify-receipts', '--folder', folder))
    .toMatchObject({ status: 1, out: 'The chain is broken: receipt 2026-11-04/2 is missing.' });
});

test('a day whose seal is gone is not taken for whole', async () => {
  const folder = exported('unsealed', chain);
  rmSync(join(folder, sealName('2026-11-04')));
  expect((await tool('verify-receipts', '--folder', folder)).status).toBe(1);
});

test('a line that is no JSON is taken for a changed receipt', async () => {
  const folder = exported('garbled', chain);
  writeFileSync(join(folder, objectName('2026-11-03', 1)), 'garbled\n');
  expect(JSON.parse((await tool('verify-receipts', '--folder', folder, '--json')).out))
    .toMatchObject({ whole: false, fault: { kind: 'changed', day: '2026-11-02', position: 4 } });
});

test('why explains a send for programs', async () => {
  const [receipt] = chain;
  const reference = receipt === undefined ? '' : referenceOf(receipt);
  expect(JSON.parse((await tool('why', reference, '--folder', whole, '--json')).out))
    .toMatchObject({ send: reference, sent: true, reason: { code: 'PERMIT_AUTHORIZED' }, changed: [] });
});

test('why warns of a receipt that was changed', async () => {
  const [receipt] = chain;
  const folder = exported('lie', chain.map((one) => (one === receipt ? { ...one, reason: 'PERMIT_TREATMENT' } : one)));
  expect(await tool('why', receipt === undefined ? '' : referenceOf(receipt), '--folder', folder))
    .toMatchObject({ status: 1, err: 'Do not rely on this: changed after it was written: 2026-11-02/1.' });
});

test('help is no error', async () => {
  expect(await tool('--help')).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/^Usage:/u) });
});

test.each([
  [[]], [['explain']], [['why']], [['why', 'somebody', '--folder', whole]], [['verify-receipts']], [['verify-receipts', '--of', 'x']],
  [['why', 'e_00000000000000000000000001.invite.0']],
])('wrong usage %j is answered with the usage', async (args) => {
  expect(await tool(...args)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('Usage:') });
});

test('a folder that is not there cannot be read', async () => {
  expect((await tool('verify-receipts', '--folder', join(root, 'nowhere'))).status).toBe(3);
});

test('an API that does not answer is named', async () => {
  expect(await tool('verify-receipts', '--api', 'http://127.0.0.1:9'))
    .toMatchObject({ status: 3, out: '', err: 'http://127.0.0.1:9 does not answer' });
});
