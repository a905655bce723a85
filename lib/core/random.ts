/** Numbers that look random and follow from a seed, so that the same seed gives the same patients. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  /** An integer in [low, high]. */
  readonly between: (low: number, high: number) => number;
  readonly shuffled: <T>(items: readonly T[]) => readonly T[];
};

/** FNV-1a in 32 bits, to seed a generator with a name: a patient behaves alike, whoever else is about. */
const hashOf = (text: string): number =>
  Array.from(text).reduce((hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5) >>> 0;

/** Mulberry32. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
const mulberry = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const createRandom = (seed: number, name: string): Random => {
  const next = mulberry(hashOf(`${seed}/${name}`));
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    shuffled: (items) => items.map((item) => ({ item, key: next() })).sort((a, b) => a.key - b.key).map(({ item }) => item),
  };
};
