import * as z from 'zod';
import { Name } from '../ids.ts';
import { DataClass } from '../consent/classes.ts';
import { EnterDocument } from './entry.ts';
import { ExitDocument } from './ending.ts';
import { StepDocument } from './kinds/table.ts';
import { Reentry } from './plan.ts';
import { Promotion, Purpose, Sender } from './settings.ts';

const Classes = z.array(DataClass).max(30).default([]);

const Message = z.strictObject({
  purpose: Purpose.describe('Why the messages are sent, in the terms of 45 CFR 164.501 and 164.506.'),
  topic: Name.nullable().default(null).describe('The subscription topic that a contact can opt out of.'),
  content: Classes.describe('What the bodies of the messages reveal about a person.'),
  subject: Classes.describe('What the subject lines reveal about a person.'),
  segment: Classes.describe('What including or excluding a person reveals: the segment that selects, and branches.'),
  promotions: z.array(Promotion).max(20).default([])
    .describe('Each product or service that the messages encourage someone to buy or use, footers included.'),
}).describe('What the consent engine judges every message of the journey on.');

/** Everything of a journey document but its steps. */
export const journeySettings = {
  format: z.literal([1, 2]).optional().describe('The version of this format; 2, the present one, where it is left out.'),
  draft: z.boolean().optional()
    .describe('Whether the version waits, once deployed, to be published by a word; it is entered on deployment where this is left out.'),
  journey: Name.describe('The name of the journey: lower-case words joined by hyphens.'),
  title: z.string().min(1).max(200).describe('The name as people read it.'),
  message: Message,
  sender: Sender.describe('Who the mail comes from.'),
  priority: z.int().min(1).max(9).default(5)
    .describe('1, first, to 9, last: over other journeys and in the send queue.'),
  whenPutOff: z.enum(['defer', 'skip']).optional()
    .describe('What becomes of a message that quiet hours, a cap or another message puts off: it waits, or the run goes on without it. Default: defer.'),
  opens: z.literal(true).optional()
    .describe('Mails carry an image of our own, so that their opening is known. Only where they reveal no more than contact_info.'),
  enter: EnterDocument,
  reenter: Reentry.default('never')
    .describe('Whether a contact who left may enter again: `never`, or `{ oncePer: … }` a year, a month, a field or an attribute.'),
  exit: z.array(ExitDocument).min(1).max(20).optional().describe('What ends a run at once, wherever it stands, as exited.'),
  goal: z.array(ExitDocument).min(1).max(20).optional().describe('What the journey is for: reached, a run completes at once.'),
  holdout: z.strictObject({
    share: z.int().min(1).max(50).describe('How many of a hundred contacts are held out.'),
    as: Name.optional().describe('Journeys with the same name here hold out the same contacts; the journey, where it is left out.'),
  }).optional().describe('Contacts who are enrolled and measured, and not sent to. Not for messages of care.'),
};

export const maxSteps = 1000;

/** A journey as its author writes it, in YAML, in JSON or through the API. */
export const JourneyDocument = z.strictObject({
  ...journeySettings,
  steps: z.array(StepDocument).min(1).max(maxSteps)
    .describe('The steps, from top to bottom. The last one is an end or a go-to.'),
}).meta({ title: 'Sendwell journey', description: 'A journey that contacts take step by step.' });
export type JourneyDocument = z.infer<typeof JourneyDocument>;
