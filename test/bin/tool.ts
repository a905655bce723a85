import { sendwell } from '../../bin/sendwell.ts';
import type { Terminal } from '../../bin/terminal.ts';
import type { Time } from '../../bin/waiting.ts';
import { plain } from '../../lib/local/report/paint.ts';
import { whenIn } from '../../lib/local/report/when.ts';

/** What a command came to. */
export type Told = { readonly status: number; readonly out: string; readonly err: string; readonly progress: string };

/** Time that passes while a command waits, and at no other moment; `meanwhile` is what happens then. */
export const virtualTime = (meanwhile: () => Promise<void> = () => Promise.resolve()): Time => {
  let now = 0;
  return {
    now: () => now,
    pause: async (seconds) => {
      now += seconds * 1000;
      await meanwhile();
    },
  };
};

/** Runs a command of the tool in this process, for a reader in a zone. */
export const toolIn = (zone: string, piped = true, time = virtualTime()) => async (...args: readonly string[]): Promise<Told> => {
  const lines = { out: [] as string[], err: [] as string[], progress: [] as string[] };
  const terminal: Terminal = {
    out: (text) => lines.out.push(text),
    err: (text) => lines.err.push(text),
    progress: (text) => lines.progress.push(text),
    piped,
    paint: plain,
    when: whenIn(zone),
    time,
  };
  const status = await sendwell(args, terminal);
  return { status, out: lines.out.join('\n'), err: lines.err.join('\n'), progress: lines.progress.join('\n') };
};

export const tool = toolIn('America/New_York');
