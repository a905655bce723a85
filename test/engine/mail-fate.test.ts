import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { SendRecord } from '../../lib/core/engine/send.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { publishReminder, putInto, storesOf } from './journeys.ts';
import { importMember, startAt } from './people.ts';

// A function died between handing a mail over and confirming it, so its send is UNKNOWN; then the mail service tells more.
const takenAt = '2026-11-02T14:00:01.000Z';
const later = '2026-11-02T14:00:09.000Z';

let platform: Platform;
let stores: Stores;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publishReminder(stores, 'of-unknown-fate', 'appointment_reminder');
});
afterAll(() => platform.stop());

const lost = async (name: string): Promise<SendRecord> => {
  const contact = await importMember(platform, name);
  const { enrolment, journey } = await putInto(stores, platform, 'of-unknown-fate', contact, 'PARKED');
  const record = SendRecord.parse({
    contact, enrolment, journey, version: 1, versionHash: 'none', step: 'remind', leg: 0, status: 'PENDING', template: 'reminder',
    templateHash: 'none', purpose: 'appointment_reminder', messageClass: 'CARE', reason: 'PERMIT_CARE', basis: ['HIPAA_TREATMENT'],
    evidence: [], evidenceHashes: {}, consentVersion: 1, decidedAt: startAt, digests: {},
  });
  await stores.ledger.refuse(record);
  await stores.ledger.lose(record);
  return record;
};

const told = async ({ contact, enrolment, step, leg }: SendRecord, eventType: string, more: object): Promise<unknown> => {
  const event = {
    eventType, ...more,
    mail: { messageId: 'm-1', timestamp: takenAt, tags: { contact: [contact], enrolment: [enrolment], step: [step], leg: [String(leg)] } },
  };
  await platform.invoke('ingest-mail-events', { Records: [{ messageId: 'q-1', body: JSON.stringify(event) }] });
  await platform.settle();
  return stores.ledger.find({ contact, enrolment, step, leg });
};

test.each([
  ['Delivery', { delivery: { timestamp: later } }, { deliveredAt: later }],
  ['Bounce', { bounce: { bounceType: 'Transient', timestamp: later } }, { bouncedAt: later }],
  ['Complaint', { complaint: { timestamp: later } }, { complainedAt: later }],
  ['DeliveryDelay', { deliveryDelay: { timestamp: later } }, {}],
])('a mail of unknown fate was taken, says each later event of it: %s', async (eventType, more, became) => {
  const send = await lost(`lost-${eventType.toLowerCase()}`);
  expect(await told(send, eventType, more)).toMatchObject({ status: 'SENT', messageId: 'm-1', confirmedAt: takenAt, ...became });
});

test('an event of a mail whose send was confirmed leaves its id and its instant as they are', async () => {
  const send = await lost('confirmed');
  await stores.ledger.confirm(send, 'm-0', startAt);
  expect(await told(send, 'Delivery', { delivery: { timestamp: later } })).toMatchObject({ messageId: 'm-0', confirmedAt: startAt, deliveredAt: later });
});

test('an event of a mail that no send is known of makes none', async () => {
  const send = { ...await lost('unheard-of'), step: 'other' };
  expect(await told(send, 'Delivery', { delivery: { timestamp: later } })).toBeUndefined();
});
