import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { StepTally } from '../../lib/core/engine/migration.ts';
import type { Paint } from '../../lib/local/report/paint.ts';
import { tableLines } from '../../lib/local/report/table.ts';
import type { Api } from '../api/client.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Unreachable, Usage } from '../exit.ts';
import { plural } from '../words.ts';
import { defineCommand } from './command.ts';
import { journeyIn, versionNumber } from './version.ts';

const Report = z.object({
  id: z.string(),
  done: z.boolean(),
  dryRun: z.boolean(),
  report: z.object({
    found: z.int(), moved: z.int(), unmapped: z.int(), underWay: z.int(), gone: z.int(), steps: z.record(z.string(), StepTally),
  }),
});
type Report = z.infer<typeof Report>;

const Asked = Report.pick({ id: true });

const mapIn = (pairs: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map((pair) => {
    const [old = '', step = '', ...rest] = pair.split('=');
    if (old === '' || step === '' || rest.length > 0) throw new Usage('--step takes <old>=<new>, like answer=reply');
    return [old, step];
  }));

const secondsBetween = 2;

/** Asks until the migration is done. */
const follow = async (api: Api, path: string, progress: (text: string) => void): Promise<Report> => {
  for (;;) {
    const answer = await api.get(path);
    if (answer === undefined) throw new Unreachable(`${path} is not there any more`);
    const report = Report.parse(answer);
    if (report.done) return report;
    progress(`${report.report.found} found so far`);
    await pause(secondsBetween * 1000);
  }
};

const lines = ({ dryRun, report }: Report, paint: Paint): readonly string[] => [
  ...tableLines(
    [{ title: 'step' }, { title: 'found', align: 'right' }, { title: dryRun ? 'would move' : 'moved', align: 'right' }, { title: 'stay', align: 'right' }],
    Object.entries(report.steps).map(([step, { found, moved, unmapped }]) => [step, found, moved, unmapped]), paint,
  ),
  '',
  `${plural(report.moved, 'person', 'people')} ${dryRun ? 'would be moved' : 'moved'}, ${report.unmapped} stay where the map leads nowhere, `
    + `${report.underWay} were under way all the time, ${report.gone} left meanwhile.`,
];

export const command = defineCommand({
  usage: [
    'migrate <journey> --from <v> --to <v> --step <old>=<new> … --dry-run --api <url> [--json]',
    'migrate <journey> --from <v> --to <v> --step <old>=<new> … --go --api <url> [--json]',
  ],
  about: `Moves those who wait in one version of a journey to another one, by a map from its steps to the steps there, and waits
for the report. A span of time goes on until its end, a window is reckoned anew, events are waited for as the new
version says; a step that is no such wait is gone on with at once. Whoever the map leads nowhere stays in the old one.`,
  options: {
    api: apiOption,
    from: { takes: '<version>', help: 'The version that they leave.' },
    to: { takes: '<version>', help: 'The version that they go on in.' },
    step: { takes: '<old>=<new>', multiple: true, help: 'A step, and where those who stand there go on. Once for each step.' },
    'dry-run': { help: 'Tells what would become of each, and moves nobody.' },
    go: { help: 'Moves them.' },
  },
  run: async ({ words, options, json }, { out, progress, paint }) => {
    const journey = journeyIn(words);
    if (options['dry-run'] === options.go) throw new Usage('migrate takes either --dry-run or --go');
    const body = {
      from: versionNumber(options.from, '--from'), to: versionNumber(options.to, '--to'), steps: mapIn(options.step), dryRun: options['dry-run'],
    };
    const api = apiFrom(options);
    const { id } = Asked.parse(await api.post(`journeys/${journey}/migrations`, body));
    const report = await follow(api, `journeys/${journey}/migrations/${id}`, progress);
    out(json ? JSON.stringify(report) : lines(report, paint).join('\n'));
    return exit.fine;
  },
});
