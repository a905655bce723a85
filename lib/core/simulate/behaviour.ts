import * as z from 'zod';
import { EventName, Name } from '../ids.ts';
import { DurationText, durationOf } from '../journey/duration.ts';
import type { ContactId } from '../ids.ts';
import { createRandom } from '../random.ts';
import type { Instant } from '../time.ts';
import { addSeconds } from '../time.ts';

const secondsOf = (text: string): number => {
  const { days, hours, minutes } = durationOf(text);
  return (days * 24 + hours) * 3600 + minutes * 60;
};

const Seconds = DurationText.transform(secondsOf);

/** What a share of those who get a message do about it, and how long after. */
const reaction = {
  to: Name.describe('The send step.'),
  share: z.number().min(0).max(100).describe('Percent of those who got the message.'),
  after: z.tuple([Seconds, Seconds]).refine(([from, to]) => from <= to, 'the shorter span comes first').default([3600, 2 * 86_400])
    .describe('The shortest and the longest time after the message; evenly spread between. Default: 1 hour to 2 days.'),
};

export const Reaction = z.union([
  z.strictObject({ ...reaction, click: Name.describe('The link that they follow.') }),
  z.strictObject({ ...reaction, open: z.literal(true) }),
  z.strictObject({ ...reaction, event: EventName.describe('What they do elsewhere, as it is reported through the API.') }),
]);
export type Reaction = z.infer<typeof Reaction>;

/** How a cohort behaves. The same seed, contact and behaviour give the same deeds, whoever else is in the cohort. */
export const Behaviour = z.strictObject({ seed: z.int().min(0).max(2 ** 31).default(1), reactions: z.array(Reaction).max(100).default([]) });
export type Behaviour = z.infer<typeof Behaviour>;

/** A deed that follows a message. */
export type Deed = { readonly at: Instant; readonly reaction: Reaction };

/** What a contact does about a message that came at `at`; nothing where no share falls on the contact. */
export const deedsAfter = (
  { seed, reactions }: Behaviour, contact: ContactId, step: Name, leg: number, at: Instant,
): readonly Deed[] => reactions.flatMap((one, index): readonly Deed[] => {
  if (one.to !== step) return [];
  const random = createRandom(seed, `${contact}/${step}/${leg}/${index}`);
  if (random.next() * 100 >= one.share) return [];
  return [{ at: addSeconds(at, random.between(one.after[0], one.after[1])), reaction: one }];
});
