import { join, resolve } from 'node:path';
import { instantOf, millisecondsOf } from '../lib/core/time.ts';
import { startPlatform } from '../lib/local/platform.ts';
import type { Platform, PlatformOptions } from '../lib/local/platform.ts';
import { whenIn } from '../lib/local/report/when.ts';
import type { Command } from './command-line.ts';
import { reservePort } from './free-port.ts';
import { stay } from './stay.ts';
import { synthesize } from './synthesize.ts';

/** Where the templates go that the local platform reads. */
export const assemblyIn = (dataFolder: string): string => join(dataFolder, 'assembly');

/** Synthesizes the app with links that lead to this machine, and starts what its templates declare. */
export const bringUp = async (
  options: Omit<PlatformOptions, 'assembly' | 'ports'> & { readonly dataFolder: string }, port: number, say: (text: string) => void,
): Promise<Platform> => {
  const assembly = assemblyIn(options.dataFolder);
  // Held until the platform takes them: links in mails name the API's port before it listens.
  const [api, mail] = [await reservePort(port), await reservePort(port === 0 ? 0 : port + 1)];
  say('synthesizing the app, with its policy packs');
  await synthesize(assembly, `http://127.0.0.1:${api.port}`);
  say('starting the engines and publishing the journeys');
  await Promise.all([api.release(), mail.release()]);
  return startPlatform({ ...options, assembly, ports: { api: api.port, mail: mail.port } });
};

/** Where to look while the platform is up. */
export const places = ({ urls }: Platform): string => `  API   ${urls.api}\n  mail  ${urls.mail}\n`;

/** `npm start`: the platform stays up, and its time follows that of this machine. */
export const start = async ({ data, port, now, throwAway }: Extract<Command, { name: 'start' }>): Promise<void> => {
  const dataFolder = resolve(data);
  const options = { startAt: now ?? instantOf(Date.now()), keep: !throwAway, dataFolder };
  const platform = await bringUp(options, port, (text) => process.stderr.write(`${text}\n`));
  try {
    const time = platform.clock.now();
    if (now !== undefined && time > now) throw new Error(`the kept data is already at ${time}; --now may not lie before it`);
    const { minute, zone } = whenIn();
    const where = throwAway ? 'in memory, gone at the end' : data;
    process.stdout.write(`Sendwell is up. It is ${minute(time)} in ${zone}.\n\n${places(platform)}  data  ${where}\n\nCtrl-C ends it.\n`);
    await stay(platform, now === undefined ? undefined : millisecondsOf(now));
  } finally {
    await platform.stop();
  }
};
