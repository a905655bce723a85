import { base32 } from '../digest.ts';
import { SegmentId } from '../ids.ts';

/** How many random bytes an id takes. */
export const segmentIdBytes = 17;

/** An id of 130 random bits; `random` must come from a cryptographic source. */
export const segmentIdOf = (random: Uint8Array): SegmentId => SegmentId.parse(`s_${base32(random, 26)}`);
