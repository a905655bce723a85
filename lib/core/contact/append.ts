import * as z from 'zod';
import { canonical } from '../consent/digest.ts';
import type { ConfidentialCommunication, InvolvedPerson, PersonalRepresentative, Restriction } from '../consent/contact.ts';
import { SendwellError } from '../errors.ts';
import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';
import { parseInstant } from '../consent/civil.ts';
import type { Standing } from './record.ts';

/** The lists of a contact that are added to; a record in them is changed by an act alone. */
type Lists = {
  readonly restrictions: Restriction;
  readonly confidential_communications: ConfidentialCommunication;
  readonly personal_representatives: PersonalRepresentative;
  readonly involved_persons: InvolvedPerson;
};
export type ListName = keyof Lists;

/** What may happen to a record after it was made. */
export const Act = z.enum(['document', 'end', 'block']);
export type Act = z.infer<typeof Act>;

type Stored = Standing[ListName][number];

/** Which field each act sets. A field that is not null was set, and the first act stands. */
const fieldOf: { readonly [L in ListName]: { readonly [A in Act]?: string } } = {
  restrictions: { end: 'terminated_at' },
  confidential_communications: { end: 'ended_at' },
  personal_representatives: { document: 'documented_at', end: 'ends_at', block: 'blocked' },
  involved_persons: { end: 'ended_at' },
};

/** A record as it was first given, before any act. */
const given = (stored: Stored): unknown => stored['given'] ?? stored;

/** The record is added; the very same again is no change. Throws `consent.changed` for a known id with another content. */
export const append = <L extends ListName>(standing: Standing, list: L, record: Lists[L]): Standing => {
  const stored: readonly Stored[] = standing[list];
  const known = stored.find(({ id }) => id === record.id);
  if (known === undefined) return { ...standing, [list]: [...stored, record] };
  if (canonical(given(known)) !== canonical(record)) throw new SendwellError('consent.changed', { consent: record.id });
  return standing;
};

const instantIn = (value: unknown): unknown =>
  (typeof value === 'object' && value !== null && 'at' in value ? value.at : value);

/** What lies ahead may be brought forward; anything else that was set stands. */
const isAhead = (value: unknown, now: Instant): boolean => {
  const at = instantIn(value);
  return typeof at !== 'string' || parseInstant(at) > millisecondsOf(now);
};

/** An end by the entity alone, or by nobody on record, ends nothing, so the person may still end it. */
const isWeaker = (known: Stored, by: Restriction['terminated_by'] | undefined): boolean =>
  (by === 'individual' || by === 'mutual') && known['terminated_by'] !== 'individual' && known['terminated_by'] !== 'mutual';

export type Acted = {
  readonly list: ListName; readonly id: string; readonly act: Act; readonly via: string; readonly now: Instant;
  /** Who ends a restriction. */
  readonly by?: Restriction['terminated_by'] | undefined;
};

/**
 * Documents, ends or blocks a record from now on. It is kept as it was given beside what holds now, under `given`, and
 * each act with its instant and channel under `acts`; the consent engine reads neither. The first act stands.
 * Throws `consent.unknown` for a record that is not there, or one that nothing of the kind can happen to.
 */
export const amend = (standing: Standing, { list, id, act, via, now, by }: Acted): Standing => {
  const stored: readonly Stored[] = standing[list];
  const known = stored.find((one) => one.id === id);
  const field = fieldOf[list][act];
  if (known === undefined || field === undefined) throw new SendwellError('consent.unknown', { consent: id });
  if (!isAhead(known[field], now) && !isWeaker(known, by)) return standing;
  const acts = Array.isArray(known['acts']) ? known['acts'] as readonly unknown[] : [];
  const changed = {
    ...known, [field]: act === 'block' ? { id: `${id}-block`, at: now } : now,
    ...(by === undefined ? {} : { terminated_by: by }),
    given: given(known), acts: [...acts, { act, at: now, via }],
  };
  return { ...standing, [list]: stored.map((one) => (one === known ? changed : one)) };
};
