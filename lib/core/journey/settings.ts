import * as z from 'zod';
import { Name } from '../ids.ts';
import { DataClass } from '../consent/classes.ts';
import * as promotion from '../consent/promotion.ts';
import * as purpose from '../consent/purpose.ts';

/** Why a message is sent; 45 CFR 164.501 and 164.506 decide what each may rest on. Recruiting for research is not supported. */
export const Purpose = purpose.Purpose.exclude(['research_recruitment']);
export type Purpose = z.infer<typeof Purpose>;

const Cents = z.int().min(0).nullable();

/** A product or service that the message encourages someone to buy or use, as its author declares it. Amounts in US cents. */
export const Promotion = z.strictObject({
  ...promotion.Promotion.shape,
  promotion_id: z.string().min(1).max(100),
  owner_id: z.string().min(1).max(100),
  lapsed_on: z.iso.date().nullable(),
  remuneration: z.strictObject({
    ...promotion.Remuneration.shape, amount_cents: Cents, reasonable_cost_cents: Cents, fair_market_value_cents: Cents,
  }),
});
export type Promotion = z.infer<typeof Promotion>;

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
