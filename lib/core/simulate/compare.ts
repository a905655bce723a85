import type { ContactId, Name } from '../ids.ts';
import type { Course, Entry, Sending } from './course.ts';
import { sendingsOf } from './course.ts';

/** A message that one version sends and the other does not, or at another time. Messages are told apart by template. */
export type Change =
  | { readonly kind: 'gained' | 'lost'; readonly sending: Sending }
  | { readonly kind: 'moved'; readonly from: Sending; readonly to: Sending };

/** Where the two ways part first: what each version did there, or undefined where it did nothing more. */
export type Parting = { readonly before: Entry | undefined; readonly after: Entry | undefined };

export type Difference = { readonly contact: ContactId; readonly changes: readonly Change[]; readonly why: Parting };

const byTemplate = (course: Course): ReadonlyMap<Name, readonly Sending[]> => {
  const groups = new Map<Name, Sending[]>();
  for (const sending of sendingsOf(course)) groups.set(sending.template, [...groups.get(sending.template) ?? [], sending]);
  return groups;
};

const changesBetween = (before: Course, after: Course): readonly Change[] => {
  const old = byTemplate(before);
  const now = byTemplate(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((template): readonly Change[] => {
    const was = old.get(template) ?? [];
    const is = now.get(template) ?? [];
    return Array.from({ length: Math.max(was.length, is.length) }).flatMap((_, index): readonly Change[] => {
      const from = was[index];
      const to = is[index];
      if (from === undefined) return to === undefined ? [] : [{ kind: 'gained', sending: to }];
      if (to === undefined) return [{ kind: 'lost', sending: from }];
      return from.at === to.at ? [] : [{ kind: 'moved', from, to }];
    });
  });
};

const same = (one: Entry | undefined, other: Entry | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

const partingOf = (before: Course, after: Course): Parting => {
  const length = Math.max(before.entries.length, after.entries.length);
  const index = Array.from({ length }).findIndex((_, place) => !same(before.entries[place], after.entries[place]));
  return { before: before.entries[index], after: after.entries[index] };
};

/** Who would get something different under another version, and where the two part; undefined where nothing differs. */
export const compareCourses = (before: Course, after: Course): Difference | undefined => {
  const changes = changesBetween(before, after);
  return changes.length === 0 ? undefined : { contact: before.contact, changes, why: partingOf(before, after) };
};
