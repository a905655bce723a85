import { canonical } from '../consent/digest.ts';
import { base32 } from '../digest.ts';
import type { Trigger } from '../journey/plan.ts';

/**
 * Names a trigger of a journey in the keys of one contact. A digest, since the name of a journey may tell a diagnosis and
 * keys are on record; of what the trigger does, so that a new version with the same trigger goes on with it.
 */
export const triggerId = async (contact: string, journey: string, { source: _, because: __, ...what }: Trigger): Promise<string> => {
  const text = `${contact}|${journey}|${canonical(what)}`;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `t_${base32(hash, 26)}`;
};
