import { Usage } from './exit.ts';

/** A count and its noun: `1 version`, `2 versions`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The value of an option, or what stands for it where it is left out. @throws Usage. */
export const wholeNumber = (name: string, text: string | undefined, fallback: number, least: number, most: number): number => {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new Usage(`--${name} takes a whole number from ${least} to ${most}`);
  return value;
};
