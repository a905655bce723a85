import { writeFileSync } from 'node:fs';
import { journeySchema } from './schema.ts';

/** Writes `journeys/journey.schema.json`, where editors look for it: `node statemachines/write-schema.ts`. */
writeFileSync(new URL('journeys/journey.schema.json', import.meta.url), journeySchema());
