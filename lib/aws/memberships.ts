import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ContactStore } from '../core/contact/store.ts';
import { segmentShards } from '../core/contact/store.ts';
import { ContactId, SegmentId } from '../core/ids.ts';
import type { SegmentCatalogue } from '../core/ports.ts';
import { membershipKey, membershipUpdate, membersQuery, readCursor, segmentsQuery } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { contacts as layout } from './tables.ts';

const PkItem = z.object({ pk: ContactId });
const SkItem = z.object({ sk: z.string().transform((sk) => sk.slice(layout.segmentPrefix.length)).pipe(SegmentId) });

/** Who is in which segment, by name; keys hold the segment's id. Needs neither the vault nor its key. */
export const memberships = (
  runtime: Runtime, table: string, segments: Pick<SegmentCatalogue, 'idOf' | 'nameOf'>,
): Pick<ContactStore, 'addToSegment' | 'removeFromSegment' | 'members' | 'segmentsOf'> => {
  const db = documentClient(runtime);
  return {
    addToSegment: async (contact, segment, at) => {
      await db.send(new UpdateCommand(membershipUpdate(table, contact, await segments.idOf(segment), at)));
    },

    removeFromSegment: async (contact, segment) => {
      await db.send(new DeleteCommand({ TableName: table, Key: membershipKey(contact, await segments.idOf(segment)) }));
    },

    members: async (segment, cursor) => {
      const page = await db.send(new QueryCommand(membersQuery(table, await segments.idOf(segment), cursor)));
      const { shard } = readCursor(cursor);
      const after = page.LastEvaluatedKey === undefined ? undefined : PkItem.parse(page.LastEvaluatedKey).pk;
      const beyond = shard + 1 < segmentShards ? String(shard + 1) : undefined;
      return {
        contacts: (page.Items ?? []).map((item) => PkItem.parse(item).pk),
        cursor: after === undefined ? beyond : `${shard}#${after}`,
      };
    },

    segmentsOf: async (contact) => {
      const { Items = [] } = await db.send(new QueryCommand(segmentsQuery(table, contact)));
      const names = await Promise.all(Items.map((item) => segments.nameOf(SkItem.parse(item).sk)));
      return names.toSorted();
    },
  };
};
