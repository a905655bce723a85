import * as z from 'zod';

/** `c_` and 26 characters of Crockford's base 32, random: nothing is derived from a record number or an address. */
export const ContactId = z.string().regex(/^c_[0-9a-hjkmnp-tv-z]{26}$/u);
export type ContactId = z.infer<typeof ContactId>;

/**
 * `e_` and 26 characters, a digest of contact, journey and re-entry key. The same entry asked for twice has the same
 * id, so the key of its row is the guard against entering twice.
 */
export const EnrolmentId = z.string().regex(/^e_[0-9a-hjkmnp-tv-z]{26}$/u);
export type EnrolmentId = z.infer<typeof EnrolmentId>;

/**
 * `s_` and 26 characters of Crockford's base 32, random: what keys show of a segment. Branded, so that its name, which
 * may tell a diagnosis, never stands where an id belongs.
 */
export const SegmentId = z.string().regex(/^s_[0-9a-hjkmnp-tv-z]{26}$/u).brand<'SegmentId'>();
export type SegmentId = z.infer<typeof SegmentId>;

/** Lower-case words joined by hyphens, 1 to 60 characters: journeys, steps, segments, templates, links, outcomes. */
export const Name = z.string().max(60).regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
export type Name = z.infer<typeof Name>;

/** An event reported through the API, `portal.login`: two or more lower-case words joined by dots. */
export const EventName = z.string().max(60).regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/u);
export type EventName = z.infer<typeof EventName>;

/** A field of the contact record, `planYear`: the name alone, which tells no value. */
export const FieldName = z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/u);
export type FieldName = z.infer<typeof FieldName>;
