import { format } from 'node:util';
import { invocations } from './invocation.ts';

export type LogLine = { readonly function: string; readonly text: string };

export type Logs = {
  /** What functions wrote, oldest first. */
  readonly lines: () => readonly LogLine[];
  /** Gives stdout, stderr and console back. */
  readonly release: () => void;
};

const methods = ['debug', 'error', 'info', 'log', 'warn'] as const;

/**
 * Takes what functions write to stdout, stderr and the console, as CloudWatch Logs would. What anything else writes
 * goes where it always went.
 *
 * @param keep Lines kept, the oldest forgotten first. Default 10 000.
 */
export const captureLogs = (keep = 10_000): Logs => {
  const lines: LogLine[] = [];
  const take = (text: string): boolean => {
    const invocation = invocations.getStore();
    if (invocation === undefined) return false;
    lines.push({ function: invocation.name, text });
    if (lines.length > keep) lines.shift();
    return true;
  };
  const releases = [process.stdout, process.stderr].map((stream) => {
    const former = stream.write;
    const write = (...given: Parameters<typeof stream.write>): boolean => take(String(given[0])) || former.apply(stream, given);
    stream.write = write as typeof stream.write;
    return () => {
      stream.write = former;
    };
  });
  for (const method of methods) {
    const former = console[method];
    console[method] = (...given: unknown[]) => {
      if (!take(format(...given))) former.apply(console, given);
    };
    releases.push(() => {
      console[method] = former;
    });
  }
  return {
    lines: () => lines,
    release: () => {
      for (const release of releases) release();
    },
  };
};
