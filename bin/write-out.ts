import { writeFileSync } from 'node:fs';
import { Unreachable } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Writes a text to a file, or to the terminal where none is named. @throws Unreachable where the file cannot be written. */
export const writeOut = (text: string, file: string | undefined, { out }: Pick<Terminal, 'out'>): void => {
  if (file === undefined) {
    out(text);
    return;
  }
  try {
    writeFileSync(file, `${text}\n`);
  } catch {
    throw new Unreachable(`${file} cannot be written`);
  }
};
