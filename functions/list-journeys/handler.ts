import * as z from 'zod';
import { latestOpen, markOf, phaseOf, untouched } from '../../lib/core/engine/journey-state.ts';
import type { JourneyState } from '../../lib/core/engine/journey-state.ts';
import type { CountStore, JourneyStates, VersionCatalogue } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /journeys`: every journey with its state, its versions and how many are where. */
export const ListRequest = z.strictObject({});
export type ListRequest = z.infer<typeof ListRequest>;

export type ListPorts = {
  readonly states: Pick<JourneyStates, 'all'>;
  readonly versions: VersionCatalogue;
  readonly counts: Pick<CountStore, 'read'>;
};

/** `held` are those of the active ones whom a pause holds back. */
const counted = ['entered', 'active', 'held', 'completed', 'exited', 'failed', 'movedIn', 'movedOut'] as const;

const versionOf = async ({ counts }: ListPorts, state: JourneyState, version: number) => {
  const found = await counts.read(state.journey, version);
  return { version, state: markOf(state, version), ...Object.fromEntries(counted.map((name) => [name, found[name] ?? 0])) };
};

export const listJourneys = (ports: ListPorts) => async (): Promise<ApiAnswer> => {
  const [states, all] = await Promise.all([ports.states.all(), ports.versions.all()]);
  const names = [...new Set(all.map(({ journey }) => journey))];
  const journeys = await Promise.all(names.map(async (journey) => {
    const state = states.get(journey) ?? untouched(journey);
    const versions = all.filter((one) => one.journey === journey).map(({ version }) => version);
    return {
      journey,
      state: phaseOf(state),
      // What was done to it last, when, and who asked.
      paused: state.paused, retired: state.retired, resumption: state.resumption,
      latest: latestOpen(state, versions),
      versions: await Promise.all(versions.map((version) => versionOf(ports, state, version))),
    };
  }));
  return { status: 200, json: { journeys } };
};
