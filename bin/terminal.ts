import type { Paint } from '../lib/local/report/paint.ts';
import { paintFor } from '../lib/local/report/paint.ts';
import type { When } from '../lib/local/report/when.ts';
import { whenIn } from '../lib/local/report/when.ts';
import type { Time } from './waiting.ts';
import { realTime } from './waiting.ts';

/** Where a command writes to, and how its reader wants things written. */
export type Terminal = {
  /** A line, or several, of the answer. */
  readonly out: (text: string) => void;
  /** What went wrong, or what the reader should know beside the answer. */
  readonly err: (text: string) => void;
  /** How far a long work has come; silent where a program reads the answer. */
  readonly progress: (text: string) => void;
  /** Whether the answer goes into a file or another program. */
  readonly piped: boolean;
  readonly paint: Paint;
  /** Instants in the zone of the reader, for tables; JSON keeps them in UTC. */
  readonly when: When;
  /** For commands that wait. */
  readonly time: Time;
};

/** The terminal of this process: answers on stdout, all else on stderr. */
export const terminalOf = ({ stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>): Terminal => ({
  out: (text) => stdout.write(`${text}\n`),
  err: (text) => stderr.write(`${text}\n`),
  progress: (text) => stderr.write(`${text}\n`),
  piped: stdout.isTTY !== true,
  paint: paintFor(stdout, env),
  when: whenIn(),
  time: realTime,
});
