import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sha256 } from '../../lib/core/digest.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import { templateHashesOf } from '../../lib/core/template/hashes.ts';
import type { Template } from '../../lib/core/template/template.ts';
import { variantFor } from '../../lib/core/template/variants.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { reminder } from '../statemachines/templates/folder.ts';
import type { Stores } from './journeys.ts';
import { importDiabetic, putInto, sendReminder, sendsOf, storesOf } from './journeys.ts';
import { member, startAt } from './people.ts';

const template = reminder();
let platform: Platform;
let stores: Stores;

const publish = async (journey: string, template: Template): Promise<void> => {
  const plan = Plan.parse({
    journey, title: 'A visit is coming up', priority: 1, start: 'remind', reenter: 'never',
    sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
    message: {
      purpose: 'appointment_reminder', topic: null, content: ['contact_info', 'demographic', 'insurance_status'], subject: [], segment: [], promotions: [],
    },
    enter: { segment: 're-enrolment-due', because: 'Care.' },
    steps: {
      remind: { id: 'remind', visits: 1, kind: 'send', template: 'reminder', next: 'pause' },
      pause: { id: 'pause', visits: 1, kind: 'wait', until: { rule: 'duration', duration: { days: 1, hours: 0, minutes: 0 } }, next: 'done' },
      done: { id: 'done', visits: 1, kind: 'end', outcome: 'completed' },
    },
  });
  const templates = { reminder: template };
  await stores.versions.publish({ journey, version: 1, plan, templates, hash: journey, templateHashes: await templateHashesOf(templates) });
};

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publish('visits', template);
  await publish('strict-visits', { ...template, missing: { ...template.missing, 'contact.planEndsOn': 'fail' } });
});
afterAll(() => platform.stop());

/** Sends the message to somebody with these fields; what came of it. */
const sendTo = async (name: string, changes: Readonly<Record<string, unknown>>, journey = 'visits') => {
  const { fields } = member(name);
  const contact = await importDiabetic(platform, name, { fields: { ...fields, ...changes } });
  const run = await putInto(stores, platform, journey, contact, 'RUNNING');
  const before = platform.mails().length;
  const result = await sendReminder(platform, run).catch((error: unknown) => (error instanceof Error ? error.name : 'unknown'));
  const [send] = await sendsOf(stores, contact);
  const [standing] = await stores.enrolments.ofContact(contact);
  return { result, send, standing, mails: platform.mails().slice(before) };
};
const hashIn = (language: string): Promise<string> => sha256(JSON.stringify(variantFor(template, language).template));

test('a contact is written to in the language on record, and the receipt names that variant', async () => {
  const { result, send, mails } = await sendTo('spanish', { language: 'es-US' });
  expect(result).toMatchObject({ outcome: 'sent' });
  expect(mails).toMatchObject([{ subject: 'Se acerca su cita', text: expect.stringContaining('Hola, Ann:') }]);
  expect(mails[0]?.html).toContain('<html lang="es"');
  expect(send).toMatchObject({ template: 'reminder', templateHash: await hashIn('es') });
});

test('a contact of a language without a variant gets the default one', async () => {
  const { send, mails } = await sendTo('vietnamese', { language: 'vi' });
  expect(mails).toMatchObject([{ subject: 'Your visit is coming up' }]);
  expect(send).toMatchObject({ templateHash: await hashIn('en') });
});

test('a text stands in for a missing name, in both parts', async () => {
  const { mails } = await sendTo('nameless', { firstName: undefined });
  expect(mails).toMatchObject([{ text: expect.stringContaining('Hello there,'), html: expect.stringContaining('<p>Hello there,</p>') }]);
});

test('a missing value that skips refuses the message, and the run goes on', async () => {
  const { result, send, standing, mails } = await sendTo('planless', { planEndsOn: undefined });
  expect(mails).toEqual([]);
  expect(result).toMatchObject({ outcome: 'refused' });
  expect(send).toMatchObject({ status: 'REFUSED', reason: 'TEMPLATE_VALUE_MISSING' });
  expect(standing).toMatchObject({ status: 'RUNNING' });
});

test('a missing value that fails ends the run with a code, and the refusal is kept', async () => {
  const { result, send, standing, mails } = await sendTo('lapsed', { planEndsOn: undefined }, 'strict-visits');
  expect(mails).toEqual([]);
  expect(result).toBe('BurstOver');
  expect(send).toMatchObject({ status: 'REFUSED', reason: 'TEMPLATE_VALUE_MISSING' });
  expect(standing).toMatchObject({ status: 'FAILED', ended: 'template.value-missing' });
});
