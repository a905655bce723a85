import type { Instant } from '../time.ts';
import { addSeconds, millisecondsOf } from '../time.ts';
import type { ContactEvent, EventOf } from './event.ts';

/** Programs that fetch links and images to inspect, preview or keep them, by what they say of themselves. */
const signatures = [
  'bot', 'crawl', 'spider', 'scan', 'preview', 'proxy', 'monitor', 'curl', 'wget', 'python', 'java/', 'go-http', 'headless',
  'barracuda', 'mimecast', 'proofpoint', 'safelinks', 'symantec', 'trendmicro', 'zscaler', 'googleimageproxy', 'ggpht',
] as const;

/** All that Apple's mail privacy protection says of itself; no browser says so little. */
const applePrefetch = 'mozilla/5.0';

/** A person needs longer than this to open a mail and follow a link; a gateway that inspects mail on arrival does not. */
const tooFastSeconds = 5;

/** A click on a mail with several links counts once the others had this long to be followed too. */
export const graceSeconds = 30;

/** Nobody follows two links of a mail within this. */
const sameInstantSeconds = 1;

export type Following = { readonly method: string; readonly userAgent: string; readonly sentAt: Instant | undefined; readonly at: Instant };

/**
 * Whether a link was followed, or an image fetched, by a program rather than by the patient, as far as that one request
 * shows. Such an event is recorded and wakes nothing.
 */
export const isAutomated = ({ method, userAgent, sentAt, at }: Following): boolean => {
  const agent = userAgent.trim().toLowerCase();
  return method !== 'GET'
    || agent === ''
    || agent === applePrefetch
    || signatures.some((signature) => agent.includes(signature))
    || (sentAt !== undefined && millisecondsOf(at) - millisecondsOf(sentAt) < tooFastSeconds * 1000);
};

type Click = EventOf<'click'>;

const apartSeconds = (one: Click, other: Click): number => Math.abs(millisecondsOf(one.at) - millisecondsOf(other.at)) / 1000;

const sameMail = (one: Click, other: Click): boolean =>
  one.enrolment === other.enrolment && one.step === other.step && one.leg === other.leg;

const linksWithin = (click: Click, clicks: readonly Click[], seconds: number): number =>
  new Set(clicks.filter((other) => sameMail(click, other) && apartSeconds(click, other) <= seconds).map(({ link }) => link)).size;

/**
 * Whether a click belongs to a run over the links of its mail: all of them within the grace, or, of more than two, two or
 * more at the same instant. `clicks` are those of the contact, this one among them.
 */
const isRunOver = (click: Click, clicks: readonly Click[]): boolean => {
  const links = click.links ?? 1;
  if (links === 1) return false;
  return linksWithin(click, clicks, graceSeconds) >= links || (links > 2 && linksWithin(click, clicks, sameInstantSeconds) > 1);
};

/** When it shows whether a click was a person's: at once on a mail with one link, else when the grace is over. */
export const settlesAt = (click: Click): Instant => ((click.links ?? 1) === 1 ? click.at : addSeconds(click.at, graceSeconds));

/** The events, with the clicks of a run over the links of a mail as automated. They hold all clicks on a mail whose clicks matter. */
export const markRuns = (events: readonly ContactEvent[]): readonly ContactEvent[] => {
  const clicks = events.filter((event) => event.type === 'click');
  return events.map((event) =>
    (event.type === 'click' && !event.automated && isRunOver(event, clicks) ? { ...event, automated: true } : event));
};

/** The events as they stand at `now`: those of {@link markRuns}, without clicks of which it does not show yet whose they are. */
export const settled = (events: readonly ContactEvent[], now: Instant): readonly ContactEvent[] =>
  markRuns(events).filter((event) => event.type !== 'click' || event.automated || settlesAt(event) <= now);
