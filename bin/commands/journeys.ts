import { tableLines } from '../../lib/local/report/table.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { journeysOver } from '../api/journeys.ts';
import { exit } from '../exit.ts';
import { defineCommand, noWords } from './command.ts';

const right = { align: 'right' } as const;

const columns = [
  { title: 'journey' }, { title: 'state' }, { title: 'version', ...right }, { title: 'state' }, { title: 'entered', ...right },
  { title: 'active', ...right }, { title: 'held', ...right }, { title: 'completed', ...right }, { title: 'exited', ...right }, { title: 'failed', ...right },
];

export const command = defineCommand({
  usage: ['journeys --api <url> [--json]'],
  about: 'Lists the journeys that were published, their versions, and how many people are where. Held: kept back by a pause.',
  options: { api: apiOption },
  run: async (given, { out, paint }) => {
    noWords(given);
    const journeys = await journeysOver(apiFrom(given.options));
    const rows = journeys.flatMap(({ journey, state, versions }) => versions.map((one, at) => [
      at === 0 ? journey : '', at === 0 ? state : '', one.version, one.state, one.entered, one.active, one.held, one.completed, one.exited, one.failed,
    ]));
    out(given.json ? JSON.stringify({ journeys }) : tableLines(columns, rows, paint).join('\n'));
    return exit.fine;
  },
});
