import * as z from 'zod';
import type { Segment } from '../../lib/core/segment/segment.ts';
import type { Member } from '../../lib/core/simulate/cohort.ts';
import { contactAt, readMember } from '../../lib/core/simulate/cohort.ts';
import type { Instant } from '../../lib/core/time.ts';
import { readPeople } from '../../lib/local/demo/people.ts';
import { Unreachable } from '../exit.ts';

export type CohortOptions = {
  readonly start: Instant;
  readonly segments: readonly Pick<Segment, 'segment' | 'where'>[];
  /** How many walk; the cohort as it is where it is left out. */
  readonly contacts: number | undefined;
};

export type FaultOfRow = { readonly row: number; readonly code: string; readonly path: string };

/** Members one by one, so that a large cohort never stands in memory. */
export type Cohort = { readonly size: number; readonly memberAt: (index: number) => Member };

const File = z.union([z.array(z.unknown()), z.object({ contacts: z.array(z.unknown()) }).transform(({ contacts }) => contacts)]);

const madeUp = ({ start, contacts }: CohortOptions): readonly unknown[] =>
  readPeople(start, Math.min(contacts ?? 100, 1000), 1).contacts.map(({ contact }) => contact);

/** The cohort of a file, or made-up patients; or every fault of the file, by its row counted from 1. */
export const cohortIn = (read: unknown, options: CohortOptions): Cohort | { readonly faults: readonly FaultOfRow[] } => {
  const rows = read === undefined ? madeUp(options) : File.safeParse(read).data;
  if (rows === undefined || rows.length === 0) throw new Unreachable('the cohort holds no list of contacts');
  const members = rows.map((row, index) => readMember(row, index, options));
  const faults = members.flatMap((one, index) => ('faults' in one ? one.faults.map((fault) => ({ row: index + 1, ...fault })) : []));
  if (faults.length > 0) return { faults };
  return {
    size: options.contacts ?? rows.length,
    memberAt: (index) => {
      const known = members[index % rows.length];
      if (known === undefined || 'faults' in known) throw new RangeError('no such member');
      return index < rows.length ? known.member : { ...known.member, person: { ...known.member.person, contact: contactAt(index) } };
    },
  };
};
