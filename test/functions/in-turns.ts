import { setImmediate as others } from 'node:timers/promises';

/**
 * Runs calls one by one, each to its end, in an order that is given: each pick says which of the calls that wait at that
 * moment goes next.
 */
export const inTurns = (picks: readonly number[]) => {
  const waiting: (() => Promise<void>)[] = [];
  let running = false;
  let turn = 0;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    // Whoever goes on after a call makes its next one before anybody is picked.
    for (await others(); waiting.length > 0; await others()) {
      const [call] = waiting.splice((picks[turn % picks.length] ?? 0) % waiting.length, 1);
      turn += 1;
      await call?.();
    }
    running = false;
  };
  return <T>(call: () => Promise<T>): Promise<T> => new Promise((resolve, reject) => {
    waiting.push(() => call().then(resolve, reject));
    void run();
  });
};
