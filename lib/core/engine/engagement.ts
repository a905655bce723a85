import type { Enrolment } from './enrolment.ts';
import type { ContactEvent } from './event.ts';
import { settled } from './scanner.ts';
import type { Instant } from '../time.ts';

/**
 * What a contact did with the mails of a run, each mark once however often it was done: `clicked/<step>/<link>` and
 * `opened/<step>`; by a scanner, `scanned/<step>/<link>` and `prefetched/<step>`. Marks are kept on the run's row, so
 * that the stream of its changes tells first ones from repeated ones, and counts people rather than clicks.
 */
const markOf = (event: ContactEvent): string | undefined => {
  if (event.type === 'click') return `${event.automated ? 'scanned' : 'clicked'}/${event.step}/${event.link}`;
  if (event.type === 'open') return `${event.automated ? 'prefetched' : 'opened'}/${event.step}`;
  return undefined;
};

/**
 * The marks that events leave on a run that lacks them. A click of which it does not show yet whether a person made it
 * leaves none; `events` hold all clicks on a mail whose clicks matter.
 */
export const newMarks = (
  { enrolment, engaged }: Pick<Enrolment, 'enrolment' | 'engaged'>, events: readonly ContactEvent[], now: Instant,
): readonly string[] => {
  const own = settled(events, now).filter((event) => 'enrolment' in event && event.enrolment === enrolment);
  return [...new Set(own.flatMap((event) => markOf(event) ?? []))].filter((mark) => engaged?.has(mark) !== true);
};

/** A mark and what it begins with: `clicked/invite/plan` counts for the link, for the step and for the journey. */
const prefixesOf = (mark: string): readonly string[] =>
  mark.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

const standingFor = (engaged: ReadonlySet<string> | undefined): ReadonlySet<string> => new Set([...engaged ?? []].flatMap(prefixesOf));

/** Names of the counts that one write on a run adds 1 to, each once a run. */
export const firstMarks = (before: Enrolment | undefined, after: Enrolment): readonly string[] => {
  const known = standingFor(before?.engaged);
  return [...standingFor(after.engaged)].filter((name) => !known.has(name));
};
