import * as z from 'zod';
import { Name } from '../../ids.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed } from './common.ts';

export const SendDocument = z.strictObject({
  ...identified,
  send: Name.describe('The template to send.'),
}).describe('Sends a message. Consent, caps and quiet hours are judged at the moment of sending.');

export const explainSend = (
  document: z.infer<typeof SendDocument>, { id, path, following }: Place,
): Placed<StepOf<'send'>> => ({
  path, names: [], step: { kind: 'send', id, visits: 1, template: document.send, next: following },
});
