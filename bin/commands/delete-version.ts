import { apiFrom, apiOption } from '../api/client.ts';
import { exit } from '../exit.ts';
import { defineCommand } from './command.ts';
import { versionIn } from './version.ts';

export const command = defineCommand({
  usage: ['delete-version <journey> <version> --api <url> [--json]'],
  about: `Closes a version for good: nobody enters it any more. Refused while anybody is in it, and for the latest one that is
published. Its definition and its report stay.`,
  options: { api: apiOption },
  run: async ({ words, options, json }, { out }) => {
    const { journey, version } = versionIn(words);
    const answer = await apiFrom(options).remove(`journeys/${journey}/versions/${version}`);
    out(json ? JSON.stringify(answer) : `${journey} v${version} is deleted.`);
    return exit.fine;
  },
});
