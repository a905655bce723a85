import type { WakePorts } from '../core/engine/wake.ts';
import type { EnrolmentStore } from '../core/engine/enrolment-store.ts';
import type { EventLog } from '../core/ports.ts';
import { enrolments } from './enrolments.ts';
import { events } from './events.ts';
import { journeyStates } from './journey-states.ts';
import { machines } from './machines.ts';
import type { Runtime } from './runtime.ts';
import { versions } from './versions.ts';

export type WakingConfig = { readonly journeysTable: string; readonly machinePrefix: string };

/** What it takes to record an event and to wake who waits for it. */
export const waking = (runtime: Runtime, { journeysTable, machinePrefix }: WakingConfig): WakePorts & { readonly enrolments: EnrolmentStore; readonly events: EventLog } => ({
  enrolments: enrolments(runtime, journeysTable),
  events: events(runtime, journeysTable),
  versions: versions(runtime, journeysTable),
  states: journeyStates(runtime, journeysTable),
  machines: machines(runtime, machinePrefix),
  clock: runtime.clock,
});
