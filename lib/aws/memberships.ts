import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ContactStore } from '../core/contact/store.ts';
import { segmentShards } from '../core/contact/store.ts';
import { ContactId } from '../core/ids.ts';
import { membershipKey, membershipUpdate, membersQuery, readCursor, segmentsQuery } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { contacts as layout } from './tables.ts';

const PkItem = z.object({ pk: ContactId });
const SkItem = z.object({ sk: z.string() });

/** Who is in which segment; needs neither the vault nor its key. */
export const memberships = (
  runtime: Runtime, table: string,
): Pick<ContactStore, 'addToSegment' | 'removeFromSegment' | 'members' | 'segmentsOf'> => {
  const db = documentClient(runtime);
  return {
    addToSegment: async (contact, segment, at) => {
      await db.send(new UpdateCommand(membershipUpdate(table, contact, segment, at)));
    },

    removeFromSegment: async (contact, segment) => {
      await db.send(new DeleteCommand({ TableName: table, Key: membershipKey(contact, segment) }));
    },

    members: async (segment, cursor) => {
      const page = await db.send(new QueryCommand(membersQuery(table, segment, cursor)));
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
      return Items.map((item) => SkItem.parse(item).sk.slice(layout.segmentPrefix.length));
    },
  };
};
