import type { PublishedSegment } from '../segment/segment.ts';
import type { Instant } from '../time.ts';
import type { ContactChange } from './change.ts';
import type { Timer } from './timer.ts';
import { watch } from './watch.ts';
import type { Watched } from './watch.ts';

/** Why a contact is looked at: something changed, a moment has come, or definitions were published anew. */
export type Cause =
  | { readonly kind: 'change'; readonly change: ContactChange }
  | { readonly kind: 'timer'; readonly timer: Timer }
  | { readonly kind: 'published'; readonly at: Instant };

/** When what is reacted to happened: the same whenever the cause is looked at. */
export const instantOfCause = (cause: Cause): Instant => {
  if (cause.kind === 'change') return cause.change.at;
  return cause.kind === 'timer' ? cause.timer.due : cause.at;
};

/**
 * Whether anything that was published could react. A new contact is in its segments already, so it concerns those alone
 * who wait for new contacts, or react to a segment that it is in.
 */
export const concerns = (change: ContactChange, watched: Watched, segments: readonly Pick<PublishedSegment, 'id' | 'watched'>[]): boolean => {
  if (change.created) {
    return watched.has(watch.created) || segments.some(({ id, watched: isWatched }) => isWatched === true && change.joined.includes(id));
  }
  return change.joined.length + change.left.length + change.events.length + change.entered.length > 0
    || change.fields.some((name) => watched.has(watch.field(name)) || watched.has(watch.wait(name)));
};
