import { apiFrom, apiOption } from '../api/client.ts';
import { exit } from '../exit.ts';
import { defineCommand } from './command.ts';
import { versionIn } from './version.ts';

export const command = defineCommand({
  usage: ['publish <journey> <version> --api <url> [--json]'],
  about: 'Opens a version that was deployed as a draft to entries. A journey that was retired takes entries again.',
  options: { api: apiOption },
  run: async ({ words, options, json }, { out }) => {
    const { journey, version } = versionIn(words);
    const answer = await apiFrom(options).post(`journeys/${journey}/versions/${version}/publication`, {});
    out(json ? JSON.stringify(answer) : `${journey} v${version} is open to entries.`);
    return exit.fine;
  },
});
