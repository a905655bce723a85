import { writeFileSync } from 'node:fs';
import { journeySchema } from '../statemachines/schema.ts';

/** Writes `statemachines/journeys/journey.schema.json`, where editors look for it: `npm run schema`. */
writeFileSync(new URL('../statemachines/journeys/journey.schema.json', import.meta.url), journeySchema());
