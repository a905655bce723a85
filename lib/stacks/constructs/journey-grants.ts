import { env } from '../../aws/env.ts';
import { journeys as journeysTable } from '../../aws/tables.ts';
import type { Grant } from './grant.ts';
import type { EncryptedTable } from './table.ts';

/** Grants on the Journeys table that functions of several stacks hold. */

/** Writes an event down and wakes the enrolments that wait for it. */
export const recordsEvents = (journeys: EncryptedTable): Grant =>
  journeys.allow('GetItem', 'Query', 'PutItem', 'UpdateItem');

/** Writes the rows that tell of a contact's changes, of whichever contact, and nothing of another kind of partition. */
export const tellsOfContacts = (journeys: EncryptedTable): Grant => journeys.allowPartitions('c_', 'PutItem');

/** Finds the ids that stand for segments in the keys of contacts. */
export const findsSegments = (journeys: EncryptedTable): Grant =>
  journeys.allowPartition(journeysTable.segmentsPartition, 'Query');

/**
 * Changes what a contact permits: opens the proof in the same write as the contact's record, ends the runs that the
 * change touches, completes the proof. `organisation` is JSON of the Organisation schema.
 */
export const withdraws = (journeys: EncryptedTable, organisation: string): readonly Grant[] => [
  journeys.allow('GetItem', 'Query', 'PutItem', 'UpdateItem'),
  journeys.allowPartition(journeysTable.pendingWithdrawals, 'DeleteItem'),
  { statements: [], environment: { [env.organisation]: organisation } },
];
