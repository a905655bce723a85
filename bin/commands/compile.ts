import { writeFileSync } from 'node:fs';
import { exit, Unreachable } from '../exit.ts';
import { findingJson, findingLines } from '../journeys/findings.ts';
import { newestIn } from '../journeys/layout.ts';
import { defineCommand, onlyWord } from './command.ts';

export const command = defineCommand({
  usage: ['compile <journey folder> [--out <file>] [--json]'],
  about: `Prints the state machine of a journey in Amazon States Language: of the version, or of the newest one in the folder of
the journey. Tasks stand as placeholders, which deployment fills in. A faulty journey gets its findings instead.`,
  options: { out: { takes: '<file>', help: 'Writes it there.' } },
  run: async (given, { out, err, paint }) => {
    const built = newestIn(onlyWord(given, 'journey'));
    if ('findings' in built) {
      if (given.json) out(JSON.stringify({ findings: built.findings.map(findingJson) }));
      else err(findingLines(built.findings, paint).join('\n'));
      return exit.no;
    }
    const text = JSON.stringify(built.definition, undefined, 2);
    const { out: file } = given.options;
    if (file === undefined) out(text);
    else {
      try {
        writeFileSync(file, `${text}\n`);
      } catch {
        throw new Unreachable(`${file} cannot be written`);
      }
    }
    return exit.fine;
  },
});
