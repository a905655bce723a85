import { expect, test } from 'vitest';
import type { Instant } from '../../../lib/core/time.ts';
import type { Usage } from '../../../lib/local/meter.ts';
import { costOf } from '../../../lib/local/report/cost.ts';
import { paintFor, plain } from '../../../lib/local/report/paint.ts';
import { printReport } from '../../../lib/local/report/print.ts';
import type { Report } from '../../../lib/local/report/report.ts';
import { tableLines } from '../../../lib/local/report/table.ts';
import { whenIn } from '../../../lib/local/report/when.ts';
import { counts } from './evidence.ts';

const usage: Usage = {
  stateTransitions: 20, executions: 4, invocations: { 'send-message': 8, 'put-contacts': 2 }, failures: {},
  dynamo: { read: 20, write: 40 }, dynamoBy: {}, dynamoCalls: {}, kms: { Decrypt: 4 }, ses: { sent: 2, rejected: 0, events: 4 }, sqs: { SendMessage: 6 }, sns: 4,
};

const at = '2026-11-02T14:00:00.000Z' as Instant;

const report: Report = {
  seed: 1, from: at, until: '2026-12-02T14:00:00.000Z' as Instant,
  imported: {
    from: { csv: 1 }, accepted: 1, segments: { members: 1 },
    refused: [{ from: 'csv', row: 2, code: 'source.missing', path: 'patients.Id', remedy: 'Give the record the id it has in its source system.' }],
  },
  journeys: [{ ...counts, refusedBy: { AUTH_MISSING: 2 } }],
  deeds: { click: 1 },
  timeline: { contact: 'c_1', entries: [{ at, journey: 'welcome', what: 'sent', step: 'greet', reason: 'PERMIT_OPERATIONS' }] },
  authorization: {
    contact: 'c_1',
    entries: [{
      at, what: 'greet refused', why: 'The message needs a signed authorization.', code: 'AUTH_MISSING', cite: '45 CFR 164.508(a)(3)(i)',
      send: 'e_1.greet.0', records: [], receipts: ['2026-11-02/1'],
    }, {
      at, what: 'revoked', why: 'Whoever signed may revoke at any time.', code: '', cite: '45 CFR 164.508(b)(5)', records: ['a-1'], receipts: [],
    }],
  },
  appointment: { contact: 'c_1', entries: [{ at, what: 'moved to 4 days later' }] },
  access: { decrypts: [{ function: 'send-message', decrypts: 1, contacts: 1 }], sample: [] },
  checks: [{ name: 'nobody was mailed twice', held: true, figures: '1 mails for 1 sends' }],
  held: true,
  cost: costOf(usage, 2),
};
const print = (change: Partial<Report> = {}): string =>
  printReport({ ...report, ...change }, { paint: plain, when: whenIn('America/New_York') });

test('columns are as wide as their widest cell, and numbers stand to the right', () => {
  expect(tableLines([{ title: 'step' }, { title: 'sent', align: 'right' }], [['invitation', 7], ['end', 1234.567]], plain)).toEqual([
    '  step            sent',
    '  invitation         7',
    '  end         1,234.57',
  ]);
});

test('a STANDARD transition costs 25 dollars per million', () => {
  expect(costOf(usage, 2).lines[0]).toEqual(
    { service: 'Step Functions', unit: 'STANDARD transitions', used: 20, perContact: 10, dollarsPerMillion: 250 });
});

test('the totals differ by the machines alone', () => {
  const { standardDollars, expressDollars } = costOf(usage, 2);
  expect(standardDollars - expressDollars).toBeCloseTo(246.958, 3);
});

test('only the functions behind the API count as its requests', () => {
  expect(costOf(usage, 2).lines.at(-1)).toMatchObject({ unit: 'requests', used: 2 });
});

test('a terminal gets colours', () => {
  expect(paintFor({ isTTY: true }, {}).good('held')).toBe('\u001B[32mheld\u001B[39m');
});

test('a pipe gets none', () => {
  expect(paintFor({}, {}).good('held')).toBe('held');
});

test('NO_COLOR wins over a terminal', () => {
  expect(paintFor({ isTTY: true }, { NO_COLOR: '1' }).good('held')).toBe('held');
});

test('times are those of the zone that the report names', () => {
  expect(print()).toContain('Mon 02 Nov 2026 09:00 to Wed 02 Dec 2026 09:00, virtual; times in America/New_York');
});

test('a refusal of a message cites its rule', () => {
  expect(print()).toMatch(/AUTH_MISSING +2 +welcome +45 CFR 164\.508\(a\)\(3\)\(i\)/u);
});

test('the life of an authorization says why in plain words, and under it the rule and the receipt', () => {
  expect(print()).toMatch(/greet refused {2}The message needs a signed authorization\.\n +AUTH_MISSING \(45 CFR 164\.508\(a\)\(3\)\(i\)\), receipt 2026-11-02\/1\n/u);
});

test('what no rule decided cites the law and names the record', () => {
  expect(print()).toMatch(/revoked {8}Whoever signed may revoke at any time\.\n +45 CFR 164\.508\(b\)\(5\), a-1\n/u);
});

test('each message is named as `sendwell why` takes it', () => {
  expect(print()).toContain('npm run sendwell -- why e_1.greet.0 --api <url>');
});

test('the appointment that moved is told in its own lines', () => {
  expect(print()).toMatch(/One appointment, and the reminders that moved with it\n.*\n +Mon 02 Nov 2026 09:00 +moved to 4 days later\n/u);
});

test('a refused row comes with code, path and remedy', () => {
  expect(print()).toMatch(/csv +2 +source\.missing +patients\.Id +Give the record the id/u);
});

test('a check that did not hold is in the first lines', () => {
  const broken = print({ held: false, checks: [{ name: 'nobody was mailed twice', held: false, figures: '' }] });
  expect(broken.split('\n').slice(0, 10).join('\n')).toContain('✗ 1 check of 1 did not hold.');
});
