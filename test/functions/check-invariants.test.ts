import { expect, test } from 'vitest';
import { checkInvariants } from '../../functions/check-invariants/handler.ts';
import type { CheckPorts } from '../../functions/check-invariants/handler.ts';
import { Instant } from '../../lib/core/time.ts';
import { contactId } from '../fixtures/contact.ts';

const now = Instant.parse('2026-11-02T14:30:00.000Z');
const pending = (number: number, receivedAt: string) =>
  ({ contact: contactId(number), id: `w_${number}`, receivedAt: Instant.parse(receivedAt) });

const check = (ports: Pick<CheckPorts, 'withdrawals' | 'withdraw'>) => checkInvariants({
  ...ports,
  versions: { all: () => Promise.resolve([]) },
  counts: { read: () => Promise.resolve({}) },
  enrolments: {
    due: () => Promise.resolve({ due: [], timers: [], after: undefined }), standing: () => Promise.resolve({ runs: [], after: undefined }),
  },
  states: { all: () => Promise.resolve(new Map()) },
  queue: { send: () => Promise.resolve(), depth: () => Promise.resolve(0) },
  clock: { now: () => now },
})();

test('an interrupted withdrawal is completed, and none is left to tell of', async () => {
  const open = [pending(1, '2026-11-02T14:00:00.000Z')];
  const checked = await check({
    withdrawals: { pending: () => Promise.resolve([...open]) },
    withdraw: () => Promise.resolve(open.pop()),
  });
  expect(checked).toMatchObject({ withdrawalsPending: 0, oldestWithdrawalSeconds: 0 });
});

test('one that cannot be completed is told with its age, and stops no other', async () => {
  const asked: string[] = [];
  const checked = await check({
    withdrawals: { pending: () => Promise.resolve([pending(1, '2026-11-02T14:00:00.000Z'), pending(2, '2026-11-02T14:10:00.000Z')]) },
    withdraw: (contact) => {
      asked.push(contact);
      return Promise.reject(new Error('not now'));
    },
  });
  expect([checked.withdrawalsPending, checked.oldestWithdrawalSeconds, asked]).toEqual([2, 1800, [contactId(1), contactId(2)]]);
});

test('several withdrawals of one contact are completed by one call', async () => {
  const asked: string[] = [];
  await check({
    withdrawals: { pending: () => Promise.resolve([pending(1, '2026-11-02T14:00:00.000Z'), pending(1, '2026-11-02T14:10:00.000Z')]) },
    withdraw: (contact) => Promise.resolve(asked.push(contact)),
  });
  expect(asked).toEqual([contactId(1)]);
});
