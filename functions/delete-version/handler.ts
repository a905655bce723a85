import * as z from 'zod';
import { latestOpen, markOf } from '../../lib/core/engine/journey-state.ts';
import type { OccupiedPorts } from '../../lib/core/engine/occupied.ts';
import { isOccupied } from '../../lib/core/engine/occupied.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { Name } from '../../lib/core/ids.ts';
import type { JourneyStates, VersionNumbers } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `DELETE /journeys/{journey}/versions/{version}`. Deleting a deleted version is no change. */
export const DeletionRequest = z.strictObject({ journey: Name, version: z.coerce.number().int().min(1) });
export type DeletionRequest = z.infer<typeof DeletionRequest>;

export type DeletionPorts = OccupiedPorts & {
  readonly states: Pick<JourneyStates, 'of' | 'remove' | 'restore'>;
  readonly versions: VersionNumbers;
};

/**
 * Closes a version for good: nobody enters it any more. Its definition stays for the records that name it. Looked at
 * before and after, since somebody may enter in between; then the deletion is taken back.
 */
export const deleteVersion = (ports: DeletionPorts) => async ({ journey, version }: DeletionRequest): Promise<ApiAnswer> => {
  const { states, versions } = ports;
  const [state, numbers] = await Promise.all([states.of(journey), versions.numbers(journey)]);
  if (!numbers.includes(version)) throw new SendwellError('journey.unknown', { journey, version });
  const mark = markOf(state, version);
  if (mark !== 'deleted') {
    if (latestOpen(state, numbers) === version) throw new SendwellError('version.latest', { journey, version });
    if (await isOccupied(ports, journey, version)) throw new SendwellError('version.occupied', { journey, version });
    await states.remove(journey, version);
    if (await isOccupied(ports, journey, version)) {
      await states.restore(journey, version, mark);
      throw new SendwellError('version.occupied', { journey, version });
    }
  }
  return { status: 200, json: { journey, version, state: 'deleted' } };
};
