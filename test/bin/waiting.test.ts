import { expect, test } from 'vitest';
import { askUntil } from '../../bin/waiting.ts';
import { virtualTime } from './tool.ts';

/** Asks a source that is ready after so many seconds; gives the answer and when it was asked. */
const asked = async (readyAfter: number, timeoutSeconds: number) => {
  const time = virtualTime();
  const [at, told]: [number[], number[]] = [[], []];
  const answer = await askUntil(time, () => {
    const seconds = time.now() / 1000;
    at.push(seconds);
    return Promise.resolve(seconds >= readyAfter);
  }, (ready) => ready, { timeoutSeconds, secondsBetween: 2, meanwhile: (_, seconds) => told.push(seconds) });
  return { answer, at, told };
};

test('it asks until the answer is the last one', async () => {
  expect(await asked(4, 900)).toEqual({ answer: true, at: [0, 2, 4], told: [0, 2] });
});

test('it asks once more when the time is over, and then no more', async () => {
  expect(await asked(60, 5)).toEqual({ answer: false, at: [0, 2, 4, 5], told: [0, 2, 4] });
});

test('without time it asks once', async () => {
  expect(await asked(60, 0)).toEqual({ answer: false, at: [0], told: [] });
});
