import { setTimeout as pause } from 'node:timers/promises';

/** Time, as a command sees it that waits. */
export type Time = {
  /** In milliseconds, from any beginning. */
  readonly now: () => number;
  readonly pause: (seconds: number) => Promise<void>;
};

export const realTime: Time = { now: () => performance.now(), pause: (seconds) => pause(seconds * 1000) };

export type Patience<T> = {
  /** From 0, which asks once. */
  readonly timeoutSeconds: number;
  readonly secondsBetween: number;
  /** Told of each answer that is not the last one, and of the whole seconds that have passed. */
  readonly meanwhile: (answer: T, seconds: number) => void;
};

/** Asks until `isLast` of the answer or until the time is over, at its very end once more. Gives the answer that came last. */
export const askUntil = async <T>(
  time: Time, ask: () => Promise<T>, isLast: (answer: T) => boolean,
  { timeoutSeconds, secondsBetween, meanwhile }: Patience<T>,
): Promise<T> => {
  const began = time.now();
  for (;;) {
    const answer = await ask();
    const seconds = (time.now() - began) / 1000;
    if (isLast(answer) || seconds >= timeoutSeconds) return answer;
    meanwhile(answer, Math.floor(seconds));
    await time.pause(Math.min(secondsBetween, timeoutSeconds - seconds));
  }
};
