import { setTimeout as pause } from 'node:timers/promises';
import { instantOf, millisecondsOf } from '../lib/core/time.ts';
import type { Platform } from '../lib/local/platform.ts';

/** Aborted by the first Ctrl-C, or when the process is asked to end; the second one ends it at once. */
const endAsked = (): AbortSignal => {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());
  return asked.signal;
};

/**
 * Lets the platform's time follow that of this machine, a second at a time, until it is asked to end. What fell due
 * while the platform was down happens first.
 *
 * @param begin The platform's time now, when it is to differ from the machine's. Default: the machine's, unless the
 * platform is ahead of it.
 */
export const stay = async (platform: Platform, begin?: number): Promise<void> => {
  const asked = endAsked();
  const ahead = Math.max(0, millisecondsOf(platform.clock.now()) - Date.now());
  const offset = begin === undefined ? ahead : begin - Date.now();
  while (!asked.aborted) {
    await platform.runUntil(instantOf(Date.now() + offset));
    await pause(1000, undefined, { signal: asked }).catch(() => undefined);
  }
};
