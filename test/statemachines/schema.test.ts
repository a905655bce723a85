import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journeySchema } from '../../statemachines/schema.ts';

describe('the JSON Schema that editors read', () => {
  it('is the one of the document schema; `npm run schema` writes it anew', () => {
    const kept = readFileSync(new URL('../../statemachines/journeys/journey.schema.json', import.meta.url), 'utf8');
    expect(kept).toBe(journeySchema());
  });

  it('lets an author leave out what has a default', () => {
    const schema = JSON.parse(journeySchema()) as { required: string[] };
    expect(schema.required).toEqual(['journey', 'title', 'message', 'sender', 'enter', 'steps']);
  });
});
