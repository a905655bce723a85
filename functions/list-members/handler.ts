import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { csvOf } from '../../lib/core/csv.ts';
import { Name } from '../../lib/core/ids.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /segments/{segment}/members`, a page at a time; with `?format=csv` the place of the next page is in the header `x-next-cursor`. */
export const ListRequest = z.strictObject({
  segment: Name, cursor: z.string().regex(/^\d(?:#c_[0-9a-z]{26})?$/u).optional(), format: z.enum(['json', 'csv']).default('json'),
});
export type ListRequest = z.infer<typeof ListRequest>;

/** Who is in a segment, by opaque id. A page may be empty; there are more until no cursor is given. */
export const listMembers = ({ contacts }: { readonly contacts: Pick<ContactStore, 'members'> }) =>
  async ({ segment, cursor, format }: ListRequest): Promise<ApiAnswer> => {
    const page = await contacts.members(segment, cursor);
    if (format === 'csv') return { status: 200, csv: csvOf(['contact'], page.contacts.map((contact) => [contact])), cursor: page.cursor };
    return { status: 200, json: { segment, contacts: page.contacts, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
  };
