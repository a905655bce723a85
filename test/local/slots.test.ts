import { expect, test } from 'vitest';
import { createSlots } from '../../lib/local/slots.ts';

test('no more work runs at once than there are slots', async () => {
  const inSlot = createSlots(2);
  let running = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 9 }, () => inSlot(async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
  })));
  expect(most).toBe(2);
});

test('waiting work goes on in the order it came', async () => {
  const inSlot = createSlots(1);
  const done: number[] = [];
  await Promise.all([1, 2, 3].map((name) => inSlot(async () => {
    await Promise.resolve();
    done.push(name);
  })));
  expect(done).toEqual([1, 2, 3]);
});

test('work that fails gives its slot back', async () => {
  const inSlot = createSlots(1);
  await inSlot(() => Promise.reject(new Error('broken'))).catch(() => undefined);
  await expect(inSlot(() => Promise.resolve('next'))).resolves.toBe('next');
});
