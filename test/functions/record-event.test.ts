import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventRequest, recordEvent } from '../../functions/record-event/handler.ts';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { eventDefinitions } from '../../lib/aws/event-definitions.ts';
import { events } from '../../lib/aws/events.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { eventKey } from '../../lib/core/engine/event.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';

const at = Instant.parse('2026-11-01T20:00:00.000Z');
const contact = contactId(1);

let engines: VaultEngines;
let store: ContactStore;
beforeAll(async () => {
  engines = await startVaultEngines();
  store = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    journeysTable: engines.journeysTable, segments: segments(engines.runtime, engines.journeysTable),
  });
  await store.create(contact, someRecord, { memberships: [], source: 'ehr/1', at });
  await eventDefinitions(engines.runtime, engines.journeysTable).publish({
    event: 'lab.booked', title: 'A visit was booked', classes: [],
    attributes: { kind: { type: 'id', reveals: 'appointment_detail' }, days: { type: 'number', reveals: 'appointment_logistics' } },
  });
});
afterAll(() => engines.stop());

const log = () => events(engines.runtime, engines.journeysTable);
const report = (body: object) => recordEvent({
  contacts: store, events: log(), definitions: eventDefinitions(engines.runtime, engines.journeysTable),
  enrolments: enrolments(engines.runtime, engines.journeysTable), versions: versions(engines.runtime, engines.journeysTable),
  states: journeyStates(engines.runtime, engines.journeysTable), machines: { start: () => Promise.reject(new Error('nobody waits')) }, clock: engines.runtime.clock,
})(EventRequest.parse({ contact, at, ...body }));

test('an event without attributes is recorded without a KMS call, declared or not', async () => {
  engines.calls.length = 0;
  expect(await report({ id: 'plain', name: 'somebody.called' })).toEqual({ status: 202, json: { resumed: 0 } });
  expect(await log().get(contact, eventKey({ at, id: 'plain' }))).toEqual({ type: 'api', id: 'plain', at, name: 'somebody.called' });
  expect(engines.calls).toEqual([]);
});

test('attributes are sealed in the event\'s row, and open with the contact', async () => {
  await report({ id: 'sealed', name: 'lab.booked', attributes: { kind: 'CANARY-kind', days: 2 } });
  const key = eventKey({ at, id: 'sealed' });
  const event = await log().get(contact, key);
  const bytes = event?.type === 'api' ? event.sealed : undefined;
  const opened = await store.open(contact, bytes === undefined ? [] : [{ field: key, bytes }]);
  expect(opened?.sealed.get(key)?.open()).toEqual({ kind: 'CANARY-kind', days: 2 });
  const { Items = [] } = await engines.db.send(new ScanCommand({ TableName: engines.journeysTable }));
  expect(JSON.stringify(Items, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)))
    .not.toContain('CANARY');
});

test.each([
  [{ name: 'lab.booked', attributes: { colour: 'red' } }, ['attributes.colour: not declared']],
  [{ name: 'lab.booked', attributes: { kind: 'blood', days: 'two' } }, ['attributes.days: expected number']],
  [{ name: 'somebody.called', attributes: { kind: 'blood' } }, ['attributes.kind: not declared']],
])('attributes that are not as declared are refused with their path, and nothing is recorded: %j', async (body, faults) => {
  await expect(report({ id: 'refused', ...body })).rejects.toThrow(expect.objectContaining({ code: 'input.invalid', detail: { faults } }));
  expect(await log().get(contact, eventKey({ at, id: 'refused' }))).toBeUndefined();
});

test('attributes of a contact that nobody knows are not sealed', async () => {
  await expect(report({ contact: contactId(2), id: 'nobody', name: 'lab.booked', attributes: { days: 2 } }))
    .rejects.toThrow(expect.objectContaining({ code: 'contact.unknown' }));
});
