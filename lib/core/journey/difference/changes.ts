/** A place where two values differ; undefined on the side that has nothing there. */
export type Change = { readonly path: readonly string[]; readonly before: unknown; readonly after: unknown };

type Entries = Readonly<Record<string, unknown>>;

export const isEntries = (value: unknown): value is Entries => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values are the same as JSON, whatever the order of their keys. */
export const same = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, at) => same(item, other[at]));
  if (isEntries(one) && isEntries(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => same(one[key], other[key]));
  }
  return Object.is(one, other);
};

/** The innermost places where two values differ; a list differs as a whole. */
export const changesBetween = (before: unknown, after: unknown, path: readonly string[] = []): readonly Change[] => {
  if (!isEntries(before) || !isEntries(after)) return same(before, after) ? [] : [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
};

export type Paired<T> = { readonly name: string; readonly before: T | undefined; readonly after: T | undefined };

/** The items of two lists, paired by a name that each list gives once, in the order of the second. */
export const pairsBy = <T>(name: (item: T) => string, before: readonly T[], after: readonly T[]): readonly Paired<T>[] => {
  const were = new Map(before.map((item) => [name(item), item]));
  const are = new Map(after.map((item) => [name(item), item]));
  return [...new Set([...are.keys(), ...were.keys()])].map((one) => ({ name: one, before: were.get(one), after: are.get(one) }));
};

/** Positions of a longest rising run of numbers; whatever is not in it stands out of order. */
export const risingRun = (numbers: readonly number[]): ReadonlySet<number> => {
  const longest: (readonly number[])[] = [];
  for (const [at, number] of numbers.entries()) {
    const before = longest.filter((run) => (numbers[run.at(-1) ?? -1] ?? -1) < number);
    longest.push([...before.reduce<readonly number[]>((best, run) => (run.length > best.length ? run : best), []), at]);
  }
  return new Set(longest.reduce<readonly number[]>((best, run) => (run.length > best.length ? run : best), []));
};
