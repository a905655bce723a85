import { drawJourney } from '../../lib/core/journey/drawing/draw.ts';
import { exit } from '../exit.ts';
import { tellFindings } from '../journeys/findings.ts';
import { newestIn } from '../journeys/layout.ts';
import { writeOut } from '../write-out.ts';
import { defineCommand, onlyWord } from './command.ts';

export const command = defineCommand({
  usage: ['draw <version folder|journey folder> [--out <file>] [--json]'],
  about: `Draws a journey as its author meant it, as a flowchart in Mermaid: who enters, each step, where it leads and why, and
what ends a run. The folder of a journey stands for its newest version. A faulty journey gets its findings instead.`,
  options: { out: { takes: '<file>', help: 'Writes it there.' } },
  run: async (given, terminal) => {
    const built = newestIn(onlyWord(given, 'journey'));
    if ('findings' in built) return tellFindings(built.findings, given.json, terminal);
    const { plan, version } = built;
    const drawing = drawJourney(plan, version);
    writeOut(given.json ? JSON.stringify({ journey: plan.journey, version, mermaid: drawing }) : drawing, given.options.out, terminal);
    return exit.fine;
  },
});
