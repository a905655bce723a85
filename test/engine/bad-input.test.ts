import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { importMember, member, startAt } from './people.ts';

const nobody = 'c_00000000000000000000000000';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(() => platform.stop());

const refusal = async (method: string, path: string, body?: unknown) => {
  const answer = await platform.call(method, path, body);
  const { error } = answer.body as { error?: { code: string; remedy: string } };
  return { status: answer.status, code: error?.code, hasRemedy: (error?.remedy ?? '').length > 10 };
};

test('an event of a contact that nobody knows is refused', async () => {
  expect(await refusal('POST', `/contacts/${nobody}/events`, { name: 'portal.login', id: 'x' }))
    .toEqual({ status: 404, code: 'contact.unknown', hasRemedy: true });
});

test('a consent of a contact that nobody knows is refused', async () => {
  const suppression = { scope: 'commercial', topic: null, source: 'call-centre' };
  expect(await refusal('POST', `/contacts/${nobody}/consents`, { suppression }))
    .toEqual({ status: 404, code: 'contact.unknown', hasRemedy: true });
});

test('an id that is none is refused before anything is looked up', async () => {
  expect(await refusal('GET', '/contacts/somebody/timeline')).toEqual({ status: 422, code: 'input.invalid', hasRemedy: true });
});

test('a journey that nobody published is refused', async () => {
  expect(await refusal('POST', '/journeys/unheard-of/enrolments', {})).toEqual({ status: 404, code: 'journey.unknown', hasRemedy: true });
});

test('a report on a version that nobody published is refused', async () => {
  expect(await refusal('GET', '/journeys/health-plan-enrollment/versions/9/report'))
    .toEqual({ status: 404, code: 'journey.unknown', hasRemedy: true });
});

test('a link that was changed is not found', async () => {
  expect(await refusal('GET', '/l/AAAAAAAA')).toEqual({ status: 404, code: 'link.invalid', hasRemedy: true });
});

test('good contacts beside bad ones go in, and each bad one is named with its path', async () => {
  const broken = { ...member('broken'), birthDate: '1979-13-41' };
  const { body } = await platform.call('POST', '/contacts', { contacts: [member('good'), broken, 'nonsense'] });
  const { accepted, refused } = body as { accepted: { row: number }[]; refused: { row: number; code: string; path: string; remedy: string }[] };
  expect(accepted.map(({ row }) => row)).toEqual([1]);
  expect(refused.map(({ row, code }) => [row, code])).toEqual([[2, 'birth-date.invalid'], [3, expect.any(String)]]);
  expect(refused.every(({ path, remedy }) => path !== '' && remedy.length > 10)).toBe(true);
});

test('a contact outside the segment is not enrolled, and is named', async () => {
  const { body } = await platform.call('POST', '/contacts', { contacts: [{ ...member('outsider'), fields: { firstName: 'Bo', planYear: 2030 } }] });
  const contact = (body as { accepted: { contact: string }[] }).accepted[0]?.contact ?? '';
  const answer = await platform.call('POST', '/journeys/health-plan-enrollment/enrolments', { contacts: [contact] });
  expect(answer.body).toMatchObject({ accepted: 0, refused: [{ contact, code: 'segment.not-a-member' }] });
});

test('an event that is said to be from the future leaves nothing behind', async () => {
  const contact = await importMember(platform, 'traveller');
  expect(await refusal('POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'x', at: '2031-01-01T00:00:00Z' }))
    .toEqual({ status: 422, code: 'input.invalid', hasRemedy: true });
  const timeline = await platform.call('GET', `/contacts/${contact}/timeline`);
  expect(timeline.body).toEqual({ contact, entries: [] });
});
