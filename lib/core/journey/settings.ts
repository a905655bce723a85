import * as z from 'zod';
import { Name } from '../ids.ts';
import { DataClass, Promotion, Purpose } from './classes.ts';

/** Who the mail comes from; 15 USC 7704(a)(1) wants it true. */
export const Sender = z.strictObject({
  name: z.string().min(1).max(100),
  address: z.email().max(254),
  replyTo: z.email().max(254),
});
export type Sender = z.infer<typeof Sender>;

/**
 * What the consent engine judges each message of a journey on. The data classes of the template and of the selecting
 * segment are stated here; publishing refuses a statement that is narrower than what is found.
 */
export const MessageDeclaration = z.strictObject({
  purpose: Purpose,
  /** The subscription topic, or null where the message belongs to none. */
  topic: Name.nullable(),
  /** Data classes in the body. */
  content: z.array(DataClass).readonly(),
  /** Data classes in the subject line. */
  subject: z.array(DataClass).readonly(),
  /** Data classes that include or exclude people. */
  segment: z.array(DataClass).readonly(),
  promotions: z.array(Promotion).readonly(),
});
export type MessageDeclaration = z.infer<typeof MessageDeclaration>;
