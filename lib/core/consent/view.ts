import type { Capture, ContactRecord, Standing } from '../contact/record.ts';
import { Capture as CaptureSchema } from '../contact/record.ts';
import type { Preferences } from '../contact/preferences.ts';
import { preferencesOf } from '../contact/preferences.ts';
import type { Organisation } from '../organisation.ts';
import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';
import { parseInstant } from './civil.ts';
import type { Renewal } from './renewals.ts';
import { renewalsDue } from './renewals.ts';

/** One thing that happened to what a contact permits. */
export type LogEntry = {
  readonly at: string;
  readonly what: 'captured' | 'revoked' | 'stopped' | 'released' | 'chosen';
  /** Id of the consent or suppression; null of a choice. */
  readonly id: string | null;
  /** Type of the consent, scope of the suppression, matter and value of the choice. */
  readonly about: string;
  readonly source: string | null;
  /** Words and version that the person saw, where they were kept. */
  readonly capture: Capture | null;
};

export type ConsentView = {
  readonly records: Standing['consents'];
  readonly current: {
    /** Ids of consents that are captured, neither revoked nor past a fixed end. */
    readonly inForce: readonly string[];
    readonly suppressions: Standing['suppressions'];
    readonly preferences: Preferences;
    readonly renewalsDue: readonly Renewal[];
  };
  readonly log: readonly LogEntry[];
};

/** Days ahead of its end at which an authorization is due to be renewed. */
export const renewalDays = 60;

const captureOf = (record: Readonly<Record<string, unknown>>): Capture | null => CaptureSchema.safeParse(record['capture']).data ?? null;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const consentLog = (consent: Standing['consents'][number]): readonly LogEntry[] => {
  const { id, type: about, captured_at, revocation } = consent;
  const capture = captureOf(consent);
  return [
    { at: captured_at, what: 'captured', id, about, source: capture?.source ?? null, capture },
    ...(revocation === null ? [] : [{ at: revocation.received_at, what: 'revoked' as const, id, about, source: revocation.via, capture: null }]),
  ];
};

const suppressionLog = (one: Standing['suppressions'][number]): readonly LogEntry[] => {
  const topic = textOf(one['topic']);
  const about = `${textOf(one['scope']) ?? 'unknown'}${topic === null ? '' : ` ${topic}`}`;
  const released = textOf(one['released_at']);
  return [
    { at: one.received_at, what: 'stopped', id: one.id, about, source: textOf(one['source']), capture: captureOf(one) },
    ...(released === null ? [] : [{ at: released, what: 'released' as const, id: one.id, about, source: null, capture: null }]),
  ];
};

const choiceLog = ({ choices = [] }: ContactRecord): readonly LogEntry[] =>
  choices.map(({ at, matter, of, value, capture }) =>
    ({ at, what: 'chosen', id: null, about: [matter, of, value].filter((word) => word !== null).join(' '), source: capture.source, capture }));

const fixedEnd = (consent: Standing['consents'][number]): string | null => {
  const { expiration, expires_at } = consent;
  const at = typeof expiration === 'object' && expiration !== null && 'at' in expiration ? expiration.at : expires_at;
  return textOf(at);
};

const isInForce = (consent: Standing['consents'][number], now: number): boolean => {
  const end = fixedEnd(consent);
  return consent.revocation === null && parseInstant(consent.captured_at) <= now && (end === null || parseInstant(end) > now);
};

/** What a contact permits: the records as they were kept, what stands now, and how it came to be, oldest first. */
export const consentView = (record: ContactRecord, organisation: Organisation, now: Instant): ConsentView => {
  const { consents, suppressions } = record.standing;
  const at = millisecondsOf(now);
  const log = [...consents.flatMap(consentLog), ...suppressions.flatMap(suppressionLog), ...choiceLog(record)];
  return {
    records: consents,
    current: {
      inForce: consents.filter((consent) => isInForce(consent, at)).map(({ id }) => id),
      suppressions: suppressions.filter((one) => textOf(one['released_at']) === null),
      preferences: preferencesOf(record, organisation),
      renewalsDue: renewalsDue(consents, now, renewalDays),
    },
    log: log.sort((a, b) => parseInstant(a.at) - parseInstant(b.at)),
  };
};
