import * as z from 'zod';
import { Refused } from '../exit.ts';
import type { Api } from './client.ts';

const Version = z.object({
  version: z.int(), state: z.string(), entered: z.int(), active: z.int(), held: z.int(), completed: z.int(), exited: z.int(), failed: z.int(),
});

const Journey = z.object({ journey: z.string(), state: z.string(), latest: z.int().nullish(), versions: z.array(Version) });
export type Journey = z.infer<typeof Journey>;

const Listed = z.object({ journeys: z.array(Journey) });

/** Every journey that was published, with its versions. */
export const journeysOver = async (api: Api): Promise<readonly Journey[]> => Listed.parse(await api.get('journeys')).journeys;

/** The newest version of a journey. @throws Refused where there is none. */
export const newestVersion = async (api: Api, journey: string): Promise<number> => {
  const found = (await journeysOver(api)).find((one) => one.journey === journey)?.versions.map(({ version }) => version) ?? [];
  if (found.length === 0) throw new Refused('journey.unknown', 'Publish the journey first, or check its name and version.');
  return Math.max(...found);
};
