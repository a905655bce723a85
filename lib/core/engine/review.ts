import * as z from 'zod';
import { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import { Instant as InstantForm } from '../time.ts';

/** Looking at everybody, because definitions were published: a place in the list of all contacts, or some of them. */
export const ReviewMessage = z.union([
  z.strictObject({ at: InstantForm, cursor: z.string().max(100).nullable() }),
  z.strictObject({ at: InstantForm, contacts: z.array(ContactId).min(1).max(100) }),
]);
export type ReviewMessage = z.infer<typeof ReviewMessage>;

/** From the first contact on. */
export const firstReview = (at: Instant): ReviewMessage => ({ at, cursor: null });

/** By then every function has heard of what was published, and nothing that happened meanwhile is missed. */
export const heardSeconds = 360;

/** Whether triggers must know how a contact stood before they can tell a change, or wait for a moment of each contact. */
export const looksAtEverybody = ({ triggers = [] }: Pick<Plan, 'triggers'>): boolean =>
  triggers.some(({ kind }) => kind === 'becomes' || kind === 'date' || kind === 'inactive');
