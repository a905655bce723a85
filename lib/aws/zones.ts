import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ContactStore } from '../core/contact/store.ts';
import { versionGet, zoneGet } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';

const ZoneItem = z.object({ zone: z.string().nullable() });
const VersionItem = z.object({ version: z.int() });

/** The contacts' zones and versions, which stand in the clear: who times a wait needs neither the vault nor its key. */
export const zones = (runtime: Runtime, table: string): Pick<ContactStore, 'zone' | 'version'> => {
  const db = documentClient(runtime);
  return {
    zone: async (contact) => {
      const { Item } = await db.send(new GetCommand(zoneGet(table, contact)));
      return Item === undefined ? undefined : ZoneItem.parse(Item).zone;
    },
    version: async (contact) => {
      const { Item } = await db.send(new GetCommand(versionGet(table, contact)));
      return Item === undefined ? undefined : VersionItem.parse(Item).version;
    },
  };
};
