import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import defaults from '../cdk.json' with { type: 'json' };
import { millisecondsOf } from '../lib/core/time.ts';
import { beginning, runDemo } from '../lib/local/demo/run.ts';
import type { Progress } from '../lib/local/demo/run.ts';
import { clearData } from '../lib/local/platform.ts';
import { paintFor } from '../lib/local/report/paint.ts';
import { printReport } from '../lib/local/report/print.ts';
import { whenIn } from '../lib/local/report/when.ts';
import type { Command } from './command-line.ts';
import { assemblyIn, bringUp, places } from './start.ts';
import { stay } from './stay.ts';

/** What marks a folder as data of the platform: kept state, or templates where a start did not get that far. */
const marks = (folder: string): readonly string[] => [join(folder, 'state.json'), assemblyIn(folder)];

/** Each run begins anew; a folder that holds anything but kept data is left alone. */
const emptyOut = (folder: string): void => {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!marks(folder).some((path) => existsSync(path))) throw new Error(`${folder} holds something else; give --data a folder of its own`);
  clearData(folder);
};

const sparseDays = 10;

/** Progress goes to stderr, so that the report alone is on stdout. */
const progressOn = (stream: NodeJS.WriteStream): Progress => {
  const { minute } = whenIn();
  return {
    stage: (text) => stream.write(`${text}\n`),
    day: (day, of, at, mails) => {
      if (!stream.isTTY && day % sparseDays !== 0 && day !== of) return;
      stream.write(`day ${String(day).padStart(String(of).length)} of ${of}  ${minute(at)}  ${mails} mails\n`);
    },
  };
};

/** `npm run demo`. Resolves to whether every check held. */
export const demo = async ({ data, port, days, contacts, seed, json, keep }: Extract<Command, { name: 'demo' }>): Promise<boolean> => {
  const dataFolder = resolve(data);
  emptyOut(dataFolder);
  const progress = progressOn(process.stderr);
  const platform = await bringUp({ startAt: beginning, keep: true, dataFolder }, port, progress.stage);
  try {
    const { entityId } = defaults.context.organisation;
    const report = await runDemo(platform, { seed, days, contacts, entityId }, progress);
    const style = { paint: paintFor(process.stdout, process.env), when: whenIn() };
    process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : printReport(report, style));
    const folder = relative('.', dataFolder);
    process.stderr.write(`\nThe mails are HTML files in ${join(folder, 'mails')}, the trail is ${join(folder, 'trail.ndjson')}.\n`);
    if (keep) {
      process.stderr.write(`The platform stays up; links in mails work. Ctrl-C ends it.\n${places(platform)}`);
      await stay(platform, millisecondsOf(platform.clock.now()));
    } else process.stderr.write(`npm start -- --data ${folder} opens the platform where this run left off.\n`);
    return report.held;
  } finally {
    await platform.stop();
  }
};
