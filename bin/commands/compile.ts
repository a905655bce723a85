import { exit } from '../exit.ts';
import { tellFindings } from '../journeys/findings.ts';
import { newestIn } from '../journeys/layout.ts';
import { writeOut } from '../write-out.ts';
import { defineCommand, onlyWord } from './command.ts';

export const command = defineCommand({
  usage: ['compile <journey folder> [--out <file>] [--json]'],
  about: `Prints the state machine of a journey in Amazon States Language: of the version, or of the newest one in the folder of
the journey. Tasks stand as placeholders, which deployment fills in. A faulty journey gets its findings instead.`,
  options: { out: { takes: '<file>', help: 'Writes it there.' } },
  run: async (given, terminal) => {
    const built = newestIn(onlyWord(given, 'journey'));
    if ('findings' in built) return tellFindings(built.findings, given.json, terminal);
    writeOut(JSON.stringify(built.definition, undefined, 2), given.options.out, terminal);
    return exit.fine;
  },
});
