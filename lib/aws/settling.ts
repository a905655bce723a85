import type { SettlePorts } from '../core/engine/settle.ts';
import { appKeys } from './app-keys.ts';
import { contacts } from './contacts.ts';
import { enrolments } from './enrolments.ts';
import { memberships } from './memberships.ts';
import type { Runtime } from './runtime.ts';
import { segments } from './segments.ts';
import type { VaultConfig } from './vault.ts';
import { vault } from './vault.ts';
import { versions } from './versions.ts';

export type SettlingConfig = {
  readonly contactsTable: string;
  readonly journeysTable: string;
  readonly keyring: VaultConfig;
};

/** What it takes to settle a contact; for each function that reacts to what changed. */
export const settling = (runtime: Runtime, { contactsTable: table, journeysTable, keyring }: SettlingConfig): SettlePorts => {
  const catalogue = segments(runtime, journeysTable);
  return {
    contacts: {
      ...contacts(runtime, { table, vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable }),
      ...memberships(runtime, { table, journeysTable, segments: catalogue }),
    },
    segments: catalogue,
    enrolments: enrolments(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    clock: runtime.clock,
  };
};
