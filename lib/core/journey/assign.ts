import { sha256 } from '../digest.ts';
import type { ContactId, Name } from '../ids.ts';
import type { Plan, StepOf } from './plan.ts';

/**
 * Chance that can be told again: where a contact falls in [0, 100) under a name, by 48 bits of a SHA-256. Contact ids are
 * random, so such places are spread evenly, and those under one name say nothing of those under another.
 */
const placeOf = async (name: string, contact: ContactId): Promise<number> => {
  const hash = await sha256(`${name}|${contact}`);
  return (Number.parseInt(hash.slice(0, 12), 16) / 2 ** 48) * 100;
};

/** The label of the arm of a split that a contact goes, now and at any other time. */
export const armOf = async (step: StepOf<'split'>, journey: Name, contact: ContactId): Promise<Name> => {
  const place = await placeOf(`split|${step.experiment ?? `${journey}/${step.id}`}`, contact);
  let end = 0;
  for (const { label, share } of step.arms) {
    end += share;
    if (place < end) return label;
  }
  throw new RangeError('the shares of a split come to 100');
};

export const groups = ['holdout', 'treated'] as const;
export type Group = (typeof groups)[number];

/** The group of a contact in a journey that holds some out; undefined in one that does not. */
export const groupOf = async ({ holdout }: Pick<Plan, 'holdout'>, contact: ContactId): Promise<Group | undefined> => {
  if (holdout === undefined) return undefined;
  return await placeOf(`holdout|${holdout.as}`, contact) < holdout.share ? 'holdout' : 'treated';
};
