import { apiFrom, apiOption } from '../api/client.ts';
import { exit } from '../exit.ts';
import { defineCommand } from './command.ts';
import { journeyIn } from './version.ts';

export const command = defineCommand({
  usage: ['retire <journey> --api <url> [--json]'],
  about: 'Takes no new entries into a journey; runs under way go on to their end. Publishing a version undoes it.',
  options: { api: apiOption },
  run: async ({ words, options, json }, { out }) => {
    const journey = journeyIn(words);
    const answer = await apiFrom(options).post(`journeys/${journey}/retirement`, {});
    out(json ? JSON.stringify(answer) : `${journey} takes no new entries.`);
    return exit.fine;
  },
});
