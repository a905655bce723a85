import * as z from 'zod';
import { Instant } from '../../lib/core/time.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit } from '../exit.ts';
import { defineCommand } from './command.ts';
import { journeyIn } from './version.ts';

const Paused = z.object({ since: Instant, by: z.string() });

export const command = defineCommand({
  usage: ['pause <journey> --api <url> [--json]'],
  about: `Holds a journey: nothing starts in it any more. Who is due is held, who enters is held at the start, and events are kept
for when it is resumed. Bursts that are under way go on to their next wait, which takes seconds.`,
  options: { api: apiOption },
  run: async ({ words, options, json }, { out, when }) => {
    const journey = journeyIn(words);
    const answer = await apiFrom(options).post(`journeys/${journey}/pause`, {});
    const { since, by } = Paused.parse(answer);
    out(json ? JSON.stringify(answer) : `${journey} is paused since ${when.minute(since)}, by ${by}.`);
    return exit.fine;
  },
});
