import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ContactStore } from '../core/contact/store.ts';
import { zoneGet } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';

const ZoneItem = z.object({ zone: z.string().nullable() });

/** The contacts' zones, which stand in the clear: who times a wait needs neither the vault nor its key. */
export const zones = (runtime: Runtime, table: string): Pick<ContactStore, 'zone'> => {
  const db = documentClient(runtime);
  return {
    zone: async (contact) => {
      const { Item } = await db.send(new GetCommand(zoneGet(table, contact)));
      return Item === undefined ? undefined : ZoneItem.parse(Item).zone;
    },
  };
};
