import type { ContactStore } from '../core/contact/store.ts';
import type { SettlePorts } from '../core/engine/settle.ts';
import { appKeys } from './app-keys.ts';
import { contacts } from './contacts.ts';
import { enrolments } from './enrolments.ts';
import { events } from './events.ts';
import { journeyStates } from './journey-states.ts';
import { machines } from './machines.ts';
import { memberships } from './memberships.ts';
import { openJourneys } from './open-journeys.ts';
import { runFacts } from './run-facts.ts';
import type { Runtime } from './runtime.ts';
import { segments } from './segments.ts';
import { timers } from './timers.ts';
import { triggerStates } from './trigger-states.ts';
import type { VaultConfig } from './vault.ts';
import { vault } from './vault.ts';
import { versions } from './versions.ts';
import { watchList } from './watch-list.ts';

export type SettlingConfig = {
  readonly contactsTable: string;
  readonly journeysTable: string;
  readonly keyring: VaultConfig;
  readonly machinePrefix: string;
};

/** What it takes to settle a contact; for each function that reacts to what changed. */
export const settling = (
  runtime: Runtime, { contactsTable: table, journeysTable, keyring, machinePrefix }: SettlingConfig,
): SettlePorts & { readonly contacts: Pick<ContactStore, 'everybody'> } => {
  const catalogue = segments(runtime, journeysTable);
  const published = versions(runtime, journeysTable);
  const states = journeyStates(runtime, journeysTable);
  return {
    contacts: {
      ...contacts(runtime, { table, vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable }),
      ...memberships(runtime, { table, journeysTable, segments: catalogue }),
    },
    segments: catalogue,
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    versions: published,
    states,
    journeys: openJourneys(runtime, { versions: published, states }),
    runFacts: runFacts(runtime, journeysTable),
    triggerStates: triggerStates(runtime, journeysTable),
    timers: timers(runtime, journeysTable),
    watchList: watchList(runtime, journeysTable),
    machines: machines(runtime, machinePrefix),
    clock: runtime.clock,
  };
};
