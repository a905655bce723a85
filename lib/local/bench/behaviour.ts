import { createRandom } from '../../core/random.ts';

/** What a contact of the bench does about the first mail. */
export const deeds = ['webinar', 'portal', 'more', 'enroll', 'silent'] as const;
export type Deed = (typeof deeds)[number];

/** Shares of the contacts, adding up to 1; the deeds that a mix leaves out have none. */
export type Mix = { readonly [D in Deed]?: number };

/** `mix`: half of the contacts answer. `silent`: nobody does, which is the longest path through the journey. */
export const mixes = {
  mix: { webinar: 0.15, portal: 0.15, more: 0.15, enroll: 0.05, silent: 0.5 },
  silent: { silent: 1 },
} as const satisfies Readonly<Record<string, Mix>>;
export type MixName = keyof typeof mixes;

/** The deed that a number in [0, 1) falls on, in the order of {@link deeds}. */
export const deedAt = (draw: number, mix: Mix): Deed => {
  let upTo = 0;
  return deeds.find((deed) => {
    upTo += mix[deed] ?? 0;
    return draw < upTo;
  }) ?? 'silent';
};

const firstHour = 1;
const lastHour = 48;

/**
 * What a contact does and how long after the mail came. Answers come on the hour, so that some of them come together.
 * The same seed and source give the same behaviour, whoever else is about.
 */
export const behaviourOf = (source: string, mix: Mix, seed: number): { readonly deed: Deed; readonly afterSeconds: number } => {
  const random = createRandom(seed, `bench/${source}`);
  return { deed: deedAt(random.next(), mix), afterSeconds: 3600 * random.between(firstHour, lastHour) };
};
