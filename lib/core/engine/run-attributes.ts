import type { ContactStore } from '../contact/store.ts';
import { attributeReader } from '../event/attributes.ts';
import type { RunFacts } from './enrolment-store.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { EnrolmentKey } from './enrolment.ts';

export type AttributePorts = { readonly contacts: Pick<ContactStore, 'open'>; readonly runFacts: Pick<RunFacts, 'of'> };

/** Reads the attributes of a run: one decryption, and none for a run that has no attributes. */
export const runAttributes = async ({ contacts, runFacts }: AttributePorts, key: EnrolmentKey): Promise<FieldReader> => {
  const fact = await runFacts.of(key);
  const opened = fact === undefined ? undefined : await contacts.open(key.contact, [{ field: fact.event, bytes: fact.sealed }]);
  return attributeReader(fact === undefined ? undefined : opened?.sealed.get(fact.event));
};
