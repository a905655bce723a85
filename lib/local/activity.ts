/** What is in flight: invocations, executions, batches, mail events. The clock moves only when nothing is. */
export type Activity = {
  readonly count: () => number;
  /** Counts the work from now until it settles, and hands it back. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves at the next moment with nothing in flight; at once when that is now. */
  readonly idle: () => Promise<void>;
};

export const createActivity = (): Activity => {
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  const end = (): void => {
    inFlight -= 1;
    if (inFlight > 0) return;
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve();
  };
  return {
    count: () => inFlight,
    during: async (work) => {
      inFlight += 1;
      try {
        return await work();
      } finally {
        end();
      }
    },
    idle: () => new Promise((resolve) => {
      if (inFlight === 0) resolve();
      else waiting.push(resolve);
    }),
  };
};
