import { ContactRecord } from '../contact/record.ts';
import type { Instant } from '../time.ts';
import type { IntakeContact } from './contact.ts';
import { toRecord } from './contact.ts';

type Address = ContactRecord['standing']['addresses'][number];

const own = ({ channel, holder }: Address): boolean =>
  channel === 'email' && holder === 'individual';

/** A number above that of every address the record has had; consents and bounces keep naming the old one. */
const nextAddressId = (record: ContactRecord): string => {
  const numbers = Object.keys(record.destinations).map((id) => Number(/^em-(\d+)$/u.exec(id)?.[1] ?? 0));
  return `em-${Math.max(0, ...numbers) + 1}`;
};

const mostAddresses = 20;

/**
 * The address that the source gives stands first. One that it gives no more is kept, with its bounces and complaints,
 * but verified no longer, so nothing is sent to it.
 */
const mergeAddresses = (record: ContactRecord, email: string | null, fresh: ContactRecord) => {
  const isGiven = ({ address_id }: Address): boolean => record.destinations[address_id] === email;
  const past = record.standing.addresses.map((address) => (own(address) ? { ...address, verified: isGiven(address) } : address));
  const same = past.filter((address) => own(address) && isGiven(address));
  const [made] = fresh.standing.addresses;
  if (same.length > 0 || email === null || made === undefined) {
    return { addresses: [...same, ...past.filter((address) => !same.includes(address))], destinations: record.destinations };
  }
  const address_id = nextAddressId(record);
  return {
    addresses: [{ ...made, address_id }, ...past].slice(0, mostAddresses),
    destinations: { ...record.destinations, [address_id]: email },
  };
};

/**
 * Brings a record up to date with its source. What the source knows is taken from it; consents, suppressions,
 * restrictions and representatives stay as they are. Gives the very same record where nothing is new.
 */
export const mergeRecord = (record: ContactRecord, intake: IntakeContact, now: Instant): ContactRecord => {
  const fresh = toRecord(intake, now);
  const { relationship, state, time_zone, birth_date, deceased } = fresh.standing;
  const { addresses, destinations } = mergeAddresses(record, intake.email, fresh);
  const merged = ContactRecord.parse({
    fields: fresh.fields,
    standing: {
      ...record.standing, relationship, state, time_zone, birth_date, addresses,
      deceased: deceased === null ? null : record.standing.deceased ?? deceased,
    },
    destinations,
  });
  return JSON.stringify(merged) === JSON.stringify(record) ? record : merged;
};
