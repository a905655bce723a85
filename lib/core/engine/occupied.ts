import type { Name } from '../ids.ts';
import type { CountStore } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import { duePartitionOf, dueShards, heldPartitionOf } from './enrolment.ts';

export type OccupiedPorts = { readonly enrolments: Pick<EnrolmentStore, 'standing'>; readonly counts: Pick<CountStore, 'read'> };

const anybodyIn = async ({ enrolments }: OccupiedPorts, partition: string, of: { journey: Name; version: number }): Promise<boolean> => {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await enrolments.standing(partition, of, after);
    if (page.runs.length > 0) return true;
    after = page.after;
  } while (after !== undefined);
  return false;
};

/** Whether anybody is active in a version: by its counts, which are seconds late, and by the rows of all who wait or run. */
export const isOccupied = async (ports: OccupiedPorts, journey: Name, version: number): Promise<boolean> => {
  if (((await ports.counts.read(journey, version))['active'] ?? 0) > 0) return true;
  const partitions = Array.from({ length: dueShards }, (_, shard) => [duePartitionOf(shard), heldPartitionOf(journey, shard)]).flat();
  return (await Promise.all(partitions.map((partition) => anybodyIn(ports, partition, { journey, version })))).includes(true);
};
