import { settingsOf } from '../consent/settings.ts';
import type { RecentSend, WaitingSend } from '../contact/store.ts';
import { addSeconds, millisecondsOf } from '../time.ts';
import type { Instant } from '../time.ts';

/** A message that waits is expected back within this time of the instant it was put off to; then nobody waits for it. */
export const graceSeconds = 600;

/** Put off this often, a message goes before every one that was not, whatever their priorities: nobody waits for ever. */
export const mostPutOffs = 5;

/** One that would be sent now, or waits to be. */
export type Contender = Pick<WaitingSend, 'send' | 'priority' | 'since' | 'putOffs'>;

/** Those that may still come back for their place. */
export const pruneWaiting = (waiting: readonly WaitingSend[], now: Instant): readonly WaitingSend[] =>
  waiting.filter(({ until }) => addSeconds(until, graceSeconds) > now);

/** The others that wait, and this one where it is put off. */
export const waitingWith = (waiting: readonly WaitingSend[], send: string, now: Instant, entry?: WaitingSend): readonly WaitingSend[] =>
  [...pruneWaiting(waiting, now).filter((one) => one.send !== send), ...(entry === undefined ? [] : [entry])];

const isOverdue = ({ putOffs }: Contender): boolean => putOffs >= mostPutOffs;

const isOlder = (one: Contender, other: Contender): boolean =>
  (one.since === other.since ? one.send < other.send : one.since < other.since);

/** Which of two goes first: one that was put off too often, then the better priority (1 is the best), then the older. */
export const goesBefore = (one: Contender, other: Contender): boolean => {
  if (isOverdue(one) !== isOverdue(other)) return isOverdue(one);
  if (!isOverdue(one) && one.priority !== other.priority) return one.priority < other.priority;
  return isOlder(one, other);
};

/** Whether one more commercial mail now fills a cap, so that the next one would be put off. */
export const takesLastPlace = (policy: unknown, recent: readonly RecentSend[], now: Instant): boolean => {
  const caps = settingsOf(policy)?.policy.caps_email_commercial ?? [];
  return caps.some(([most, seconds]) => {
    const since = millisecondsOf(now) - seconds * 1000;
    return recent.filter(({ at, channel, commercial }) => channel === 'email' && commercial && millisecondsOf(at) > since).length + 1 >= most;
  });
};

const isExpected = ({ until }: WaitingSend, now: Instant): boolean =>
  until <= addSeconds(now, graceSeconds) && now < addSeconds(until, graceSeconds);

/**
 * The instant to wait for where the last place under a cap is another's, right after those that go first have had their
 * time; undefined where the place may be taken. Each of them is waited for once, since then its time is over.
 */
export const yieldsUntil = (
  { policy, recent, waiting, now }: {
    readonly policy: unknown; readonly recent: readonly RecentSend[]; readonly waiting: readonly WaitingSend[]; readonly now: Instant;
  },
  mine: Contender,
): Instant | undefined => {
  const first = waiting.filter((one) => one.send !== mine.send && isExpected(one, now) && goesBefore(one, mine));
  if (first.length === 0 || !takesLastPlace(policy, recent, now)) return undefined;
  return first.map(({ until }) => addSeconds(until, graceSeconds)).sort().at(-1);
};
