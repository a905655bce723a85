import { Name } from '../../lib/core/ids.ts';
import { Usage } from '../exit.ts';

/** A version as people write it, `2` or `v2`. @throws Usage. */
export const versionNumber = (text: string | undefined, what: string): number => {
  const [, number] = /^v?([1-9]\d{0,5})$/u.exec(text ?? '') ?? [];
  if (number === undefined) throw new Usage(`${what} is a number from 1, like 2 or v2`);
  return Number(number);
};

/** @throws Usage. */
export const journeyIn = ([journey, ...rest]: readonly string[]): string => {
  if (!Name.safeParse(journey).success) throw new Usage('which journey? Give its name');
  if (rest.length > 0) throw new Usage(`what is ${rest.join(' ')}?`);
  return journey ?? '';
};

/** The two words that name a version. @throws Usage. */
export const versionIn = ([journey = '', version, ...rest]: readonly string[]): { readonly journey: string; readonly version: number } => {
  if (rest.length > 0) throw new Usage(`what is ${rest.join(' ')}?`);
  return { journey: journeyIn([journey]), version: versionNumber(version, 'the version') };
};
