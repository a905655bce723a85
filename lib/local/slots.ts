/**
 * Lets so many pieces of work run at once; the others wait their turn, in the order they came.
 *
 * @param count From 1.
 */
export const createSlots = (count: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let free = count;
  const waiting: (() => void)[] = [];
  const take = (): Promise<void> => new Promise((resolve) => {
    if (free > 0) {
      free -= 1;
      resolve();
    } else waiting.push(resolve);
  });
  const give = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
};
