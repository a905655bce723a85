import { pathToFileURL } from 'node:url';
import { commands } from './commands/table.ts';
import { exit } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { terminalOf } from './terminal.ts';

const width = Math.max(...Object.keys(commands).map((name) => name.length));

const help = `Usage: sendwell <command> [--help]

Commands
${Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

Each command tells more with --help, and answers programs with --json. Requests to an API are signed where
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set.

Exit status: 0 if it was done or the answer is yes, 1 if the answer is no or there are findings, 2 for wrong usage, 3 if
a file or the API cannot be reached or read, 4 if something goes on that was not done in the time that was given for it.`;

/** Runs one command; gives the exit status. */
export const sendwell = async ([name, ...args]: readonly string[], terminal: Terminal): Promise<number> => {
  const [about] = args;
  if (name === '--help' || name === '-h' || (name === 'help' && about === undefined)) {
    terminal.out(help);
    return exit.fine;
  }
  if (name === 'help' && about !== undefined) return sendwell([about, '--help'], terminal);
  const row = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (row === undefined) {
    terminal.err(`${name === undefined ? 'which command?' : `there is no command ${name}`}\n\n${help}`);
    return exit.usage;
  }
  const { command } = await row.load();
  return command.run(args, terminal);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await sendwell(process.argv.slice(2), terminalOf(process));
}
