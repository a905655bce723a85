import { Instant, instantOf, millisecondsOf } from '../time.ts';
import { parseInstant } from './civil.ts';
import { HipaaAuthorization } from './records.ts';

export type Renewal = { readonly id: string; readonly expiresAt: string; /** Whole days left, rounded down. */ readonly daysLeft: number };

const msPerDay = 86_400_000;

const authorizationsIn = (consents: readonly unknown[]): readonly HipaaAuthorization[] =>
  consents.flatMap((record) => {
    const { data } = HipaaAuthorization.safeParse(record);
    return data === undefined ? [] : [data];
  });

const endOf = ({ expiration: { kind, at, event_occurred_at: occurredAt } }: HipaaAuthorization): number => {
  // A date that is not there leaves the form without an end, and so void.
  if (kind === 'date') return at === null ? Number.NEGATIVE_INFINITY : parseInstant(at);
  return kind === 'event' && occurredAt !== null ? parseInstant(occurredAt) : Number.POSITIVE_INFINITY;
};

const holds = (one: HipaaAuthorization, at: number): boolean =>
  one.revocation === null && parseInstant(one.captured_at) <= at && endOf(one) > at;

const within = (narrow: readonly string[], wide: readonly string[]): boolean => narrow.every((name) => wide.includes(name));

/** Whether one authorization allows whatever another does. */
export const covers = (wide: HipaaAuthorization, narrow: HipaaAuthorization): boolean =>
  within(narrow.purposes, wide.purposes) && within(narrow.promoted_parties, wide.promoted_parties)
  && within(narrow.recipients, wide.recipients) && within(narrow.channels, wide.channels)
  && within(narrow.information.classes, wide.information.classes);

/**
 * The authorizations in force that end within `days` days, soonest first, without those that a later one which lasts
 * longer covers. What cannot be read as an authorization is not in force and so does not end.
 */
export const renewalsDue = (consents: readonly unknown[], now: Instant, days: number): readonly Renewal[] => {
  const at = millisecondsOf(now);
  const inForce = authorizationsIn(consents).filter((one) => holds(one, at));
  return inForce
    .filter((one) => endOf(one) <= at + days * msPerDay)
    .filter((one) => !inForce.some((other) => endOf(other) > endOf(one) && covers(other, one)))
    .map((one) => ({ id: one.id, expiresAt: one.expiration.at ?? '', daysLeft: Math.floor((endOf(one) - at) / msPerDay) }))
    .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
};

/** A place in the list of all contacts' authorizations by the instant of their end. */
export type EndingPlace = {
  readonly record: string;
  readonly expiresAt: Instant;
  /** Why nobody need renew it any more; undefined while it stands. */
  readonly closed: 'revoked' | 'covered' | undefined;
};

const placeOf = (one: HipaaAuthorization, all: readonly HipaaAuthorization[]): readonly EndingPlace[] => {
  const end = endOf(one);
  const expiresAt = one.expiration.kind === 'date' && Number.isFinite(end) ? Instant.safeParse(instantOf(Math.ceil(end))).data : undefined;
  if (expiresAt === undefined) return [];
  const isCovered = all.some((other) =>
    other.revocation === null && endOf(other) > end && parseInstant(other.captured_at) <= end && covers(other, one));
  return [{ record: one.id, expiresAt, closed: one.revocation === null ? (isCovered ? 'covered' : undefined) : 'revoked' }];
};

const placesOf = (consents: readonly unknown[]): readonly EndingPlace[] => {
  const all = authorizationsIn(consents);
  return all.flatMap((one) => placeOf(one, all));
};

/** The places that a change of a contact's consents opens, closes or opens again. */
export const movedPlaces = (before: readonly unknown[], after: readonly unknown[]): readonly EndingPlace[] => {
  const known = new Set(placesOf(before).map((place) => JSON.stringify(place)));
  return placesOf(after).filter((place) => !known.has(JSON.stringify(place)));
};
