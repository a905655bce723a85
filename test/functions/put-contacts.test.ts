import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Accepted } from '../../functions/put-contacts/handler.ts';
import { putContacts } from '../../functions/put-contacts/handler.ts';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { events } from '../../lib/aws/events.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { contactIdBytes, contactIdOf } from '../../lib/core/contact/id.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { Refusal } from '../../lib/core/intake/refusal.ts';
import type { SegmentCatalogue } from '../../lib/core/ports.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { organisation } from '../fixtures/organisation.ts';
import { publishedSegment } from '../fixtures/segment.ts';

let engines: VaultEngines;
let store: ContactStore;
let catalogue: SegmentCatalogue;
let source: string;
let count = 0;
beforeAll(async () => {
  engines = await startVaultEngines();
  const published = segments(engines.runtime, engines.journeysTable);
  await Promise.all([
    publishedSegment('with-diabetes', { field: 'conditions', includes: '44054006' }),
    publishedSegment('adults', { field: 'age', atLeast: 18 }),
    publishedSegment('guests'),
  ].map(published.publish));
  catalogue = published;
  store = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    journeysTable: engines.journeysTable,
    segments: catalogue,
  });
});
afterAll(() => engines.stop());
beforeEach(() => {
  count += 1;
  source = `ehr/${count}`;
});

const candidate = (change: object = {}) => ({
  source, relationship: 'patient', state: 'MA', birthDate: '1980-05-05', email: 'ada@example.test',
  fields: { firstName: 'Ada', conditions: ['44054006'] }, ...change,
});
type Report = { readonly accepted: readonly Accepted[]; readonly refused: readonly Refusal[] };
const put = async (...candidates: readonly unknown[]): Promise<Report> => {
  const answer = await putContacts({
    contacts: store, segments: catalogue,
    events: events(engines.runtime, engines.journeysTable), enrolments: enrolments(engines.runtime, engines.journeysTable), clock: engines.runtime.clock, newId: () => contactIdOf(randomBytes(contactIdBytes)),
    withdraw: withdrawing(engines.runtime, { journeysTable: engines.journeysTable, contacts: store, organisation }),
  })({ contacts: [...candidates] });
  return ('json' in answer ? answer.json : undefined) as Report;
};
const first = async (...candidates: readonly unknown[]): Promise<Accepted> => {
  const [accepted] = (await put(...candidates)).accepted;
  if (accepted === undefined) throw new Error('nothing was accepted');
  return accepted;
};

test('a new contact is created and joins the segments that select it', async () => {
  const { contact, outcome } = await first(candidate());
  expect(outcome).toBe('created');
  expect((await store.open(contact))?.record.open().fields.firstName).toBe('Ada');
  expect(await store.segmentsOf(contact)).toEqual(['adults', 'with-diabetes']);
});

test('the same source again updates the same contact and its segments, and leaves the others alone', async () => {
  const { contact } = await first(candidate());
  await store.addToSegment(contact, 'guests', engines.runtime.clock.now());
  const again = await first(candidate({ fields: { firstName: 'Grace' } }));
  expect(again).toMatchObject({ contact, outcome: 'updated', segments: ['adults'] });
  expect(await store.segmentsOf(contact)).toEqual(['adults', 'guests']);
});

test('a request whose answer was lost may be sent again', async () => {
  const { contact } = await first(candidate());
  expect(await first(candidate())).toMatchObject({ contact, outcome: 'unchanged' });
  expect((await store.open(contact))?.gate.version).toBe(1);
});

test('two requests for one source at the same moment make one contact', async () => {
  const [one, other] = await Promise.all([first(candidate()), first(candidate())]);
  expect(one.contact).toBe(other.contact);
});

test('good contacts go in beside bad ones, each refused with code and path', async () => {
  const report = await put(candidate({ birthDate: '2001-02-30' }), candidate(), 'x', candidate());
  expect(report.accepted).toMatchObject([{ row: 2, outcome: 'created' }]);
  expect(report.refused.map(({ row, code, path }) => `${row} ${code} ${path}`)).toEqual([
    '1 birth-date.invalid contacts[0].birthDate', '3 row.malformed contacts[2]', '4 source.repeated contacts[3].source',
  ]);
});

test('a refused contact leaves nothing behind', async () => {
  const size = async () => (await engines.db.send(new ScanCommand({ TableName: engines.table, Select: 'COUNT' }))).Count;
  const before = await size();
  await put(candidate({ state: 'XX' }));
  expect(await size()).toBe(before);
});

test('the report holds no value of a patient', async () => {
  const marked = { ...candidate(), email: 'CANARY@example.test', fields: { firstName: 'CANARY', lastName: 'CANARY' } };
  const bad = { ...marked, source: `${source}-2`, birthDate: 'CANARY', CANARY: 'CANARY' };
  expect(JSON.stringify(await put(marked, bad))).not.toContain('CANARY');
});
