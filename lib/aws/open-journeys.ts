import { latestOpen, phaseOf, untouched } from '../core/engine/journey-state.ts';
import type { JourneyStates, OpenJourney, OpenJourneys, VersionCatalogue, VersionReader } from '../core/ports.ts';
import { kept } from './kept.ts';
import type { Runtime } from './runtime.ts';

const keptSeconds = 60;

export type OpenJourneysConfig = {
  readonly versions: VersionCatalogue & VersionReader;
  readonly states: Pick<JourneyStates, 'all'>;
};

/** The journeys that take entries, each in its latest published version; a paused one takes them and holds them. */
export const openJourneys = (runtime: Runtime, { versions, states }: OpenJourneysConfig): OpenJourneys =>
  kept(runtime, keptSeconds, async (): Promise<readonly OpenJourney[]> => {
    const [published, known] = await Promise.all([versions.all(), states.all()]);
    const names = [...new Set(published.map(({ journey }) => journey))].sort();
    const open = await Promise.all(names.map(async (journey): Promise<readonly OpenJourney[]> => {
      const state = known.get(journey) ?? untouched(journey);
      const version = latestOpen(state, published.filter((one) => one.journey === journey).map((one) => one.version));
      if (version === undefined || phaseOf(state) === 'retired') return [];
      return [{ version, plan: (await versions.get(journey, version)).plan }];
    }));
    return open.flat();
  });
