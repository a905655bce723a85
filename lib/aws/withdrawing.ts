import type { ContactStore } from '../core/contact/store.ts';
import { withdraw } from '../core/engine/withdraw.ts';
import type { ContactId } from '../core/ids.ts';
import type { Organisation } from '../core/organisation.ts';
import { enrolments } from './enrolments.ts';
import { followUps } from './follow-ups.ts';
import type { Runtime } from './runtime.ts';
import { versions } from './versions.ts';
import { withdrawals } from './withdrawals.ts';

export type WithdrawingConfig = {
  readonly journeysTable: string;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly organisation: Organisation;
};

/** Ends the runs that a contact's open withdrawals touch; for each function that changes what a contact permits. */
export const withdrawing = (
  runtime: Runtime, { journeysTable, contacts, organisation }: WithdrawingConfig,
): (contact: ContactId) => Promise<number> => {
  const ports = {
    contacts, organisation, clock: runtime.clock,
    enrolments: enrolments(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    withdrawals: withdrawals(runtime, journeysTable),
    followUps: followUps(runtime, journeysTable),
  };
  return (contact) => withdraw(ports, contact);
};
