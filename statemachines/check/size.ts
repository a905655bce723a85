import { type Finding, finding } from '../../lib/core/journey/findings.ts';
import type { Asl } from '../asl.ts';

/** In bytes of compact JSON. The service takes 1 MB; the rest is for the ARNs that deployment fills in. */
const largest = 900_000;

/** The definition is small enough to be deployed. */
export const size = (definition: Asl): readonly Finding[] => {
  const bytes = new TextEncoder().encode(JSON.stringify(definition)).length;
  return bytes <= largest ? [] : [finding('journey.too-large', '', `the definition has ${bytes} bytes of ${largest}`)];
};
