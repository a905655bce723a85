import { base32 } from '../digest.ts';
import { ContactId } from '../ids.ts';

/** How many random bytes an id takes. */
export const contactIdBytes = 17;

/** An id of 130 random bits; `random` must come from a cryptographic source. */
export const contactIdOf = (random: Uint8Array): ContactId => ContactId.parse(`c_${base32(random, 26)}`);
