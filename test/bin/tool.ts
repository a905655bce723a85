import { sendwell } from '../../bin/sendwell.ts';
import type { Terminal } from '../../bin/terminal.ts';
import { plain } from '../../lib/local/report/paint.ts';
import { whenIn } from '../../lib/local/report/when.ts';

/** What a command came to. */
export type Told = { readonly status: number; readonly out: string; readonly err: string; readonly progress: string };

/** Runs a command of the tool in this process, for a reader in a zone. */
export const toolIn = (zone: string, piped = true) => async (...args: readonly string[]): Promise<Told> => {
  const lines = { out: [] as string[], err: [] as string[], progress: [] as string[] };
  const terminal: Terminal = {
    out: (text) => lines.out.push(text),
    err: (text) => lines.err.push(text),
    progress: (text) => lines.progress.push(text),
    piped,
    paint: plain,
    when: whenIn(zone),
  };
  const status = await sendwell(args, terminal);
  return { status, out: lines.out.join('\n'), err: lines.err.join('\n'), progress: lines.progress.join('\n') };
};

export const tool = toolIn('America/New_York');
