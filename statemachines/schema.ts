import * as z from 'zod';
import { JourneyDocument } from '../lib/core/journey/document.ts';

/** The JSON Schema of journey documents, for editors; keys with a default may be left out. */
export const journeySchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(JourneyDocument, { io: 'input' }), undefined, 2)}\n`;
