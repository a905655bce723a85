import * as z from 'zod';
import { errorTable } from '../../lib/core/errors.ts';
import { StepTally } from '../../lib/core/engine/migration.ts';
import type { Paint } from '../../lib/local/report/paint.ts';
import { tableLines } from '../../lib/local/report/table.ts';
import type { Api } from '../api/client.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Refused, Usage } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { askUntil } from '../waiting.ts';
import { plural, wholeNumber } from '../words.ts';
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
/** Progress that stays the same is told this often. */
const secondsOfSilence = 30;
/** Longer than a page of people is tried again. */
const defaultTimeoutSeconds = 900;

const soFar = ({ dryRun, report: { found, moved } }: Report): string => `${found} found and ${moved} ${dryRun ? 'that would be moved' : 'moved'} so far`;

const reportFrom = async (api: Api, journey: string, id: string): Promise<Report> => {
  const answer = await api.get(`journeys/${journey}/migrations/${encodeURIComponent(id)}`);
  if (answer === undefined) throw new Refused('migration.unknown', errorTable['migration.unknown'].remedy);
  return Report.parse(answer);
};

/** Asks until the migration is done, or until the time is over. */
const follow = (api: Api, journey: string, id: string, timeoutSeconds: number, { progress, time }: Terminal): Promise<Report> => {
  let told = { text: '', seconds: 0 };
  return askUntil(time, () => reportFrom(api, journey, id), ({ done }) => done, {
    timeoutSeconds, secondsBetween,
    meanwhile: (report, seconds) => {
      const text = soFar(report);
      if (text === told.text && seconds < told.seconds + secondsOfSilence) return;
      told = { text, seconds };
      progress(`${text}, after ${plural(seconds, 'second')}`);
    },
  });
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

type Options = {
  readonly from: string | undefined; readonly to: string | undefined; readonly step: readonly string[];
  readonly 'dry-run': boolean; readonly go: boolean; readonly id: string | undefined;
};

/** The id of the migration that the options name, or of the one that they ask for. */
const migrationOf = async (api: Api, journey: string, { from, to, step, 'dry-run': dryRun, go, id }: Options): Promise<string> => {
  if (id !== undefined) {
    if (from !== undefined || to !== undefined || step.length > 0 || dryRun || go) throw new Usage('migrate takes --id, or what is to be moved, not both');
    return id;
  }
  if (dryRun === go) throw new Usage('migrate takes either --dry-run or --go');
  const body = { from: versionNumber(from, '--from'), to: versionNumber(to, '--to'), steps: mapIn(step), dryRun };
  return Asked.parse(await api.post(`journeys/${journey}/migrations`, body)).id;
};

export const command = defineCommand({
  usage: [
    'migrate <journey> --from <v> --to <v> --step <old>=<new>… --dry-run --api <url> [--timeout <s>] [--json]',
    'migrate <journey> --from <v> --to <v> --step <old>=<new>… --go --api <url> [--timeout <s>] [--json]',
    'migrate <journey> --id <id> --api <url> [--timeout <s>] [--json]',
  ],
  about: `Moves those who wait in one version of a journey to another one, by a map from its steps to the steps there, and waits
for the report. A span of time goes on until its end, a window is reckoned anew, events are waited for as the new
version says; a step that is no such wait is gone on with at once. Whoever the map leads nowhere stays in the old one.
Exit status 4 if it is not done when the time is over: it goes on by itself, and --id looks at it again.`,
  options: {
    api: apiOption,
    from: { takes: '<version>', help: 'The version that they leave.' },
    to: { takes: '<version>', help: 'The version that they go on in.' },
    step: { takes: '<old>=<new>', multiple: true, help: 'A step, and where those who stand there go on. Once for each step.' },
    'dry-run': { help: 'Tells what would become of each, and moves nobody.' },
    go: { help: 'Moves them.' },
    id: { takes: '<id>', help: 'Waits for a migration that was asked for before, and asks for none.' },
    timeout: { takes: '<seconds>', help: `How long to wait for the report, 0 to 86400; default ${defaultTimeoutSeconds}.` },
  },
  run: async ({ words, options, json }, terminal) => {
    const { out, err, progress, paint } = terminal;
    const journey = journeyIn(words);
    const timeoutSeconds = wholeNumber('timeout', options.timeout, defaultTimeoutSeconds, 0, 86_400);
    const api = apiFrom(options);
    const id = await migrationOf(api, journey, options);
    const again = `sendwell migrate ${journey} --id ${id} --api ${options.api ?? ''}`;
    progress(`waiting for the migration ${id}, ${plural(timeoutSeconds, 'second')} at most; to look at it later: ${again}`);
    const report = await follow(api, journey, id, timeoutSeconds, terminal);
    if (json) out(JSON.stringify(report));
    else if (report.done) out(lines(report, paint).join('\n'));
    if (report.done) return exit.fine;
    err(`the migration is not done after ${plural(timeoutSeconds, 'second')}: ${soFar(report)}. It goes on by itself. Look again with\n  ${again}`);
    return exit.unfinished;
  },
});
