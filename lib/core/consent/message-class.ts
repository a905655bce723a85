import type { MessageClass } from './classify.ts';
import { derive } from './derive.ts';
import { readInput } from './rules/input.ts';
import { settingsOf } from './settings.ts';

/**
 * What the decision took a message for, to be kept with it. Takes the arguments of `decide`; null for input that denies
 * with `INPUT_INVALID`.
 */
export const messageClassOf = (contact: unknown, message: unknown, now: string, policy?: object): MessageClass | null => {
  const settings = settingsOf(policy);
  const input = settings === null ? null : readInput(contact, message, now);
  if (settings === null || input === null) return null;
  return derive(input.contact, input.message, input.address, input.now, settings).class;
};
