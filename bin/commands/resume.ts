import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Usage } from '../exit.ts';
import { defineCommand } from './command.ts';
import { journeyIn } from './version.ts';

const ruleIn = (text: string | undefined): string => {
  if (text === 'go-on' || text === 'exit') return text;
  throw new Usage('--catch-up takes go-on or exit');
};

const minutesIn = (text: string | undefined): number => {
  const minutes = Number(text ?? '0');
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= 10_080) return minutes;
  throw new Usage('--spread takes whole minutes from 0 to 10080');
};

export const command = defineCommand({
  usage: ['resume <journey> --catch-up <rule> [--spread <minutes>] --api <url> [--json]'],
  about: `Lets a paused journey go on. Whose time came meanwhile goes on with what was due, or ends, as the rule says; a window is
waited for anew. Who entered meanwhile, or was answered by an event, goes on either way, and who is not due goes on
waiting.`,
  options: {
    api: apiOption,
    'catch-up': { takes: '<rule>', help: 'go-on, or exit, for those whose time came during the pause.' },
    spread: { takes: '<minutes>', help: 'They go on evenly over so many minutes; default 0.' },
  },
  run: async ({ words, options, json }, { out }) => {
    const journey = journeyIn(words);
    const body = { catchUp: ruleIn(options['catch-up']), spreadMinutes: minutesIn(options.spread) };
    const answer = await apiFrom(options).post(`journeys/${journey}/resumption`, body);
    out(json ? JSON.stringify(answer) : `${journey} goes on; those who were held follow within ${body.spreadMinutes} minutes.`);
    return exit.fine;
  },
});
