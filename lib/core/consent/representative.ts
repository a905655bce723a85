import { parseInstant } from './civil.ts';
import type { PersonalRepresentative } from './contact.ts';
import type { Facts } from './derive.ts';
import { active, occurred } from './when.ts';

/** The only record of that id; an id that two records share names neither. */
export const onlyRecord = <R extends { readonly id: string }>(records: readonly R[], id: string | null): R | null => {
  const named = records.filter((record) => record.id === id);
  return named.length === 1 ? (named[0] ?? null) : null;
};

/** Whether the representation is in force; parents and guardians of minors stand for minors (45 CFR 164.502(g)). */
export const isRepresenting = (
  { documented_at: documentedAt, ends_at: endsAt, authority }: PersonalRepresentative,
  { now, minor }: Facts,
): boolean =>
  active(now, documentedAt, endsAt) && (minor || (authority !== 'parent' && authority !== 'guardian_of_minor'));

export const isBlocked = ({ blocked }: PersonalRepresentative, { now }: Facts): boolean =>
  blocked !== null && occurred(now, blocked.at);

/** Documented by the instant of the signature, and known by the instant of the decision. */
export const wasDocumentedBy = (
  { documented_at: documentedAt }: PersonalRepresentative,
  signedAt: string,
  { now }: Facts,
): boolean =>
  documentedAt !== null && parseInstant(documentedAt) <= parseInstant(signedAt) && occurred(now, documentedAt);
