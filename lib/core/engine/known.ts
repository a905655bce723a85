import { SendwellError } from '../errors.ts';
import type { Name } from '../ids.ts';
import type { VersionNumbers } from '../ports.ts';

/** Throws `journey.unknown` for a journey of which no version was ever deployed. */
export const ensureKnown = async (versions: VersionNumbers, journey: Name): Promise<void> => {
  if ((await versions.numbers(journey)).length === 0) throw new SendwellError('journey.unknown', { journey });
};
