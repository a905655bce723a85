import { join, resolve } from 'node:path';
import { instantOf, millisecondsOf } from '../lib/core/time.ts';
import { startPlatform } from '../lib/local/platform.ts';
import type { Platform, PlatformOptions } from '../lib/local/platform.ts';
import { whenIn } from '../lib/local/report/when.ts';
import type { Command } from './command-line.ts';
import { freePort } from './free-port.ts';
import { stay, untilAsked } from './stay.ts';
import { synthesize } from './synthesize.ts';

/** Where the templates go that the local platform reads. */
const assembly = resolve('.sendwell/assembly');

const preferred = { api: 4780, mail: 4781 } as const;

/** Synthesizes the app with links that lead to this machine, and starts what its templates declare. */
export const bringUp = async (
  options: Omit<PlatformOptions, 'assembly' | 'ports'>, say: (text: string) => void,
): Promise<Platform> => {
  const ports = { api: await freePort(preferred.api), mail: await freePort(preferred.mail) };
  say('synthesizing the app, with its policy packs');
  await synthesize(assembly, `http://127.0.0.1:${ports.api}`);
  say('starting the engines and publishing the journeys');
  return startPlatform({ ...options, assembly, ports });
};

/** Where to look while the platform is up. */
export const places = ({ urls }: Platform): string => `  API   ${urls.api}\n  mail  ${urls.mail}\n`;

/** `npm start`: the platform stays up, and its time follows that of this machine. */
export const start = async ({ data, now, throwAway }: Extract<Command, { name: 'start' }>): Promise<void> => {
  const dataFolder = resolve(data);
  const platform = await bringUp({
    startAt: now ?? instantOf(Date.now()), keep: !throwAway, ...(throwAway ? {} : { dataFolder }),
  }, (text) => console.error(text));
  const asked = untilAsked();
  try {
    const time = platform.clock.now();
    if (now !== undefined && time > now) throw new Error(`the kept data is already at ${time}; --now may not lie before it`);
    const { minute, zone } = whenIn();
    console.log(`Sendwell is up. It is ${minute(time)} in ${zone}.\n\n${places(platform)}  data  ${throwAway ? 'thrown away at the end' : join(data)}\n\nCtrl-C ends it.`);
    await stay(platform, asked, now === undefined ? undefined : millisecondsOf(now));
  } finally {
    await platform.stop();
  }
};
