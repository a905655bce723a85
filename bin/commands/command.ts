import { parseArgs } from 'node:util';
import * as z from 'zod';
import { exit, Refused, Unreachable, Usage } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

export type Option = {
  /** What stands for the value in the help, `<url>`; an option without it is a switch. */
  readonly takes?: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
  /** Lines of the help. */
  readonly help: string;
};

type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> =
  O extends { readonly multiple: true } ? readonly string[] : O extends { readonly takes: string } ? string | undefined : boolean;

/** The words and options behind the name of a command. */
export type Given<O extends Options> = {
  readonly words: readonly string[];
  readonly options: { readonly [K in keyof O]: ValueOf<O[K]> };
  /** Whether a program reads the answer. */
  readonly json: boolean;
};

type Definition<O extends Options> = {
  /** What may stand behind `sendwell`, a form a line. */
  readonly usage: readonly string[];
  /** What the command does, as lines of the help. */
  readonly about: string;
  readonly options: O;
  /** Resolves to the exit status; throws {@link Usage}, {@link Refused} or {@link Unreachable}. */
  readonly run: (given: Given<O>, terminal: Terminal) => Promise<number>;
};

export type Command = {
  readonly help: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
};

/** What every command takes. */
const everywhere = {
  json: { help: 'The same for programs, as JSON; instants are in UTC.' },
  help: { help: 'Shows this.' },
} as const satisfies Options;

const optionLines = (options: Options): readonly string[] => {
  const rows = Object.entries(options).map(([name, { takes, help }]) => ({ left: `--${name}${takes === undefined ? '' : ` ${takes}`}`, help }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  return rows.flatMap(({ left, help }) => help.split('\n').map((line, at) => `  ${(at === 0 ? left : '').padEnd(width)}  ${line}`));
};

const helpOf = ({ usage, about, options }: Definition<Options>): string => [
  ...usage.map((form, at) => `${at === 0 ? 'Usage:' : '      '} sendwell ${form}`),
  '',
  about,
  '',
  'Options',
  ...optionLines({ ...options, ...everywhere }),
].join('\n');

const read = (options: Options, args: readonly string[]) => {
  const config = Object.entries({ ...options, ...everywhere }).map(([name, { takes, multiple }]: [string, Option]) =>
    [name, { type: takes === undefined ? 'boolean' : 'string', multiple: multiple === true, ...(name === 'help' ? { short: 'h' } : {}) }] as const);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: Object.fromEntries(config), allowPositionals: true });
    const absent = ({ takes, multiple }: Option) => (multiple === true ? [] : takes === undefined ? false : undefined);
    const given = Object.entries(options).map(([name, option]) => [name, values[name] ?? absent(option)]);
    return { words: positionals, options: Object.fromEntries(given) as never, json: values['json'] === true, help: values['help'] === true };
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : 'wrong usage');
  }
};

const silent = (): void => undefined;

/** A command as the table of commands holds it: its options read, its help written, its failures turned into a status. */
export const defineCommand = <const O extends Options>(definition: Definition<O>): Command => {
  const help = helpOf(definition as unknown as Definition<Options>);
  const attempt = async (args: readonly string[], terminal: Terminal): Promise<number> => {
    const { help: asked, ...given } = read(definition.options, args);
    if (asked) {
      terminal.out(help);
      return exit.fine;
    }
    return definition.run(given, given.json && terminal.piped ? { ...terminal, progress: silent } : terminal);
  };
  return {
    help,
    run: async (args, terminal) => {
      try {
        return await attempt(args, terminal);
      } catch (error) {
        if (error instanceof Usage) {
          terminal.err(`${error.message}\n\n${help}`);
          return exit.usage;
        }
        if (error instanceof Refused || error instanceof Unreachable) {
          terminal.err(error.message);
          return error instanceof Refused ? exit.no : exit.unreachable;
        }
        // What was read is not what it should be; paths and codes of faults, and nothing of what it says.
        if (error instanceof z.ZodError) {
          terminal.err(`the answer cannot be read: ${error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).slice(0, 5).join(', ')}`);
          return exit.unreachable;
        }
        throw error;
      }
    },
  };
};

/** The one word that a command takes, a contact or a file. */
export const onlyWord = ({ words: [word, ...rest] }: Given<Options>, what: string): string => {
  if (word === undefined) throw new Usage(`which ${what}?`);
  if (rest.length > 0) throw new Usage(`what is ${rest.join(' ')}?`);
  return word;
};

/** @throws Usage where a command that takes no words is given some. */
export const noWords = ({ words }: Given<Options>): void => {
  if (words.length > 0) throw new Usage(`what is ${words.join(' ')}?`);
};
