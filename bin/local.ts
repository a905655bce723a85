import { help, readCommand } from './command-line.ts';
import type { Command } from './command-line.ts';

const run = async (command: Command): Promise<boolean> => {
  if (command.name === 'help') {
    process.stdout.write(help);
    return true;
  }
  // The platform's parts take a moment to load, which --help and a mistaken option need not wait for.
  if (command.name === 'demo') return (await import('./demo.ts')).demo(command);
  await (await import('./start.ts')).start(command);
  return true;
};

try {
  if (!await run(readCommand(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
