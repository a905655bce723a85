import type { WaitRuleOf } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import { addSeconds } from '../time.ts';
import { isOpen, nextOpening } from './opening.ts';
import { zoneFor } from './zone.ts';

/** A minute until the next sweep, and some more until its queue is worked off. */
const lagSeconds = 600;

/**
 * When a contact whose time at a window came while nobody could go on does go on: `from` itself where the window is open
 * then and for a while longer, since a sweep comes a little late; else at its next opening. So nobody leaves it early or
 * finds it closed.
 */
export const openingAgain = (rule: WaitRuleOf<'window'>, from: Instant, contactZone: string | null): Instant => {
  const zone = zoneFor(rule, contactZone);
  const lag = addSeconds(from, lagSeconds);
  return isOpen(rule, from, zone) && !isOpen(rule, lag, zone) ? nextOpening(rule, lag, zone) : nextOpening(rule, from, zone);
};
