import { parseArgs } from 'node:util';
import type { Instant } from '../lib/core/time.ts';
import { parseInstant } from '../lib/core/offset-instant.ts';

export const help = `Sendwell on this machine: every part of the platform, no AWS account, no network.

  npm run demo [-- options]    imports patients, walks them through two journeys, reports
  npm start [-- options]       starts the platform and leaves it up

Options of both
  --data <folder>    where tables, keys, mails and the trail are kept
                     default .sendwell/demo for the demo, .sendwell/data for start
  --port <n>         port of the API; mails are shown on the next one; 0 takes any free ones; default 4780
  --help             shows this

Options of the demo
  --days <n>         virtual days to live through, 1 to 3650; default 30
  --contacts <n>     contacts to import, 33 to 100000; beyond the 33 patients they are made up; default 33
  --seed <n>         what the patients do follows from it; default 1
  --json             prints the report as JSON
  --keep             leaves the platform up afterwards, until Ctrl-C

Options of start
  --now <instant>    the time to begin at, 2026-11-02T09:00:00-05:00; default the time of this machine
  --throw-away       keeps nothing
`;

export type Command =
  | { readonly name: 'help' }
  | {
    readonly name: 'demo'; readonly data: string; readonly days: number; readonly contacts: number; readonly seed: number;
    readonly json: boolean; readonly keep: boolean; readonly port: number;
  }
  | { readonly name: 'start'; readonly data: string; readonly now: Instant | undefined; readonly throwAway: boolean; readonly port: number };

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean' },
  days: { type: 'string' },
  contacts: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  keep: { type: 'boolean' },
  now: { type: 'string' },
  'throw-away': { type: 'boolean' },
} as const;

const belongs: Readonly<Record<'demo' | 'start', readonly string[]>> = {
  demo: ['data', 'port', 'days', 'contacts', 'seed', 'json', 'keep'],
  start: ['data', 'port', 'now', 'throw-away'],
};

const integer = (name: string, text: string | undefined, fallback: number, low: number, high: number): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`--${name} takes a whole number from ${low} to ${high}`);
};

const instant = (text: string | undefined): Instant | undefined => {
  if (text === undefined) return undefined;
  try {
    return parseInstant(text);
  } catch {
    throw new RangeError('--now takes an instant with an offset, such as 2026-11-02T09:00:00-05:00');
  }
};

/**
 * Reads the command line.
 *
 * @param given The words behind the name of the script.
 * @throws Error that says what to write instead.
 */
export const readCommand = (given: readonly string[]): Command => {
  const { values, positionals: [name, ...rest] } = parseArgs({ args: [...given], options, allowPositionals: true });
  if (values.help === true) return { name: 'help' };
  if ((name !== 'demo' && name !== 'start') || rest.length > 0) throw new Error('say demo or start; --help tells more');
  const stray = Object.keys(values).find((option) => !belongs[name].includes(option));
  if (stray !== undefined) throw new Error(`${name} has no option --${stray}; --help tells more`);
  const port = integer('port', values.port, 4780, 0, 65_534);
  if (name === 'start') {
    return { name, port, data: values.data ?? '.sendwell/data', now: instant(values.now), throwAway: values['throw-away'] === true };
  }
  return {
    name,
    port,
    data: values.data ?? '.sendwell/demo',
    days: integer('days', values.days, 30, 1, 3650),
    contacts: integer('contacts', values.contacts, 33, 33, 100_000),
    seed: integer('seed', values.seed, 1, 0, 2 ** 31),
    json: values.json === true,
    keep: values.keep === true,
  };
};
