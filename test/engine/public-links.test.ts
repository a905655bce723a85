import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import { authorizationFor } from '../../lib/local/demo/authorization.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrolIn, importDiabetic, sendsOf, storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { browser, enrol, importMember, linksIn, startAt } from './people.ts';

let platform: Platform;
let stores: Stores;
let contact: string;
let paths: { readonly unsubscribe: string; readonly preferences: string; readonly authorization: string; readonly link: string };

const mint = async (request: object): Promise<string> => {
  const { status, body } = await platform.call('POST', `/contacts/${contact}/links`, request);
  if (status !== 201) throw new Error(`the link was answered with ${status}`);
  return new URL((body as { url: string }).url).pathname;
};

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  contact = await importMember(platform, 'quentin');
  await enrol(platform, contact);
  await platform.settle();
  const inMail = [...linksIn(platform.mails().map(({ html }) => html).join('')).values()];
  paths = {
    unsubscribe: inMail.find((path) => path.startsWith('/u/')) ?? '', link: inMail.find((path) => path.startsWith('/l/')) ?? '',
    preferences: await mint({ kind: 'preferences', expiresInDays: 1 }),
    authorization: await mint({ kind: 'authorization', form: 'partner-programs', expiresInDays: 1 }),
  };
});
afterAll(() => platform.stop());

const consents = async () => {
  const { body } = await platform.call('GET', `/contacts/${contact}/consents`);
  const { body: proofs } = await platform.call('GET', `/contacts/${contact}/withdrawals`);
  return [body, proofs];
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const scanners = ['', 'Mozilla/5.0 (compatible; SafeLinks)', 'GoogleImageProxy', browser];
const oneClick = 'List-Unsubscribe=One-Click';

test('whatever a scanner does with the links of a mail by GET and HEAD, nothing of the consent changes', async () => {
  const before = await consents();
  for (const path of [paths.unsubscribe, paths.preferences, paths.authorization]) {
    for (const agent of scanners) {
      for (const query of ['', '?lang=es', '?stop-commercial=yes&agree=yes&name=Ann', `?${oneClick}`]) {
        expect((await platform.call('GET', `${path}${query}`, undefined, { 'user-agent': agent })).status).toBe(200);
      }
      expect((await platform.call('HEAD', path, undefined, { 'user-agent': agent })).status).toBeGreaterThanOrEqual(400);
    }
  }
  expect(await consents()).toEqual(before);
});

const forged = (path: string): string => `${path.slice(0, -4)}${path.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;

test('a forged, a cut, a made-up and an ended link of any page have one answer, by GET and by POST', async () => {
  const swapped = [paths.preferences.replace('/p/', '/a/'), paths.authorization.replace('/a/', '/p/'), paths.preferences.replace('/p/', '/u/'), paths.unsubscribe.replace('/u/', '/p/')];
  const wrong = [paths.unsubscribe, paths.preferences, paths.authorization].flatMap((path) => [forged(path), path.slice(0, -7), `${path.slice(0, 3)}nothing`]);
  const before = await consents();
  const ask = async (path: string) => [
    await platform.call('GET', path), await platform.call('POST', path, `${oneClick}&name=Ann&agree=yes&stop-all=yes`, form),
  ];
  const answers = (await Promise.all([...wrong, ...swapped].map(ask))).flat();
  await platform.runUntil(addSeconds(platform.clock.now(), 86_400));
  answers.push(...(await Promise.all([paths.preferences, paths.authorization].map(ask))).flat());
  const [first] = answers;
  expect(new Set(answers.map(({ status, headers, body }) => JSON.stringify([status, headers['content-type'], body])))).toEqual(
    new Set([JSON.stringify([404, first?.headers['content-type'], first?.body])]));
  expect(await consents()).toEqual(before);
});

test('a one-click POST that is replayed, even days later, is one record and one proof', async () => {
  const post = () => platform.call('POST', paths.unsubscribe, oneClick, form);
  const first = await post();
  const once = await consents();
  const again = await Promise.all([post(), post()]);
  await platform.runUntil(addSeconds(platform.clock.now(), 5 * 86_400));
  again.push(await post());
  expect([first, ...again].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await consents()).toEqual(once);
  expect(once).toMatchObject([{ current: { suppressions: [{ scope: 'commercial' }] } }, { withdrawals: [{ cause: 'suppression' }] }]);
});

test('no page, error, log line, URL or workflow tells whose link it is, that there is such a person, or what they chose', async () => {
  const shown: string[] = [];
  const fresh = [await mint({ kind: 'preferences' }), await mint({ kind: 'authorization', form: 'partner-programs' })];
  for (const path of [...fresh, ...Object.values(paths), ...Object.values(paths).map(forged)]) {
    const { body, headers } = await platform.call('GET', path);
    shown.push(JSON.stringify(body), JSON.stringify(headers), path);
  }
  const logs = platform.logs().map(({ text }) => text);
  const executions = platform.executions().map((execution) => JSON.stringify(execution));
  expect(logs.some((line) => line.includes('link.invalid'))).toBe(true);
  const marks = ['quentin', 'example.test', 'Ann Lee', '1979-04-12', 'mrn/'];
  expect(marks.filter((mark) => [...shown, ...logs, ...executions].some((text) => text.includes(mark)))).toEqual([]);
  expect(shown.filter((text) => text.includes(contact))).toEqual([]);
  const tokens = [...fresh, ...Object.values(paths)].map((path) => path.slice(3));
  expect(tokens.filter((token) => logs.some((line) => line.includes(token)))).toEqual([]);
});

test('two persons who chose nothing are shown the same page, so it tells nothing of either', async () => {
  const pageOf = async (name: string): Promise<unknown> => {
    contact = await importMember(platform, name);
    return (await platform.call('GET', await mint({ kind: 'preferences' }))).body;
  };
  expect(String(await pageOf('one')).replaceAll(/value="\d{4}-[^"]+"/gu, '')).toBe(String(await pageOf('two')).replaceAll(/value="\d{4}-[^"]+"/gu, ''));
});

test('an authorization that is dated an hour ahead permits nothing for an hour, and then what it says', async () => {
  const signedAt = addSeconds(platform.clock.now(), 3600);
  const authorized = async (name: string): Promise<string> => {
    const who = await importDiabetic(platform, name);
    await platform.call('POST', `/contacts/${who}/consents`, { record: authorizationFor('auth-1', 'northside-health', signedAt) });
    return who;
  };
  const firstSend = async (who: string) => {
    await enrolIn(platform, 'diabetes-program', who);
    await platform.settle();
    return (await sendsOf(stores, who))[0];
  };
  const [early, due] = [await authorized('early'), await authorized('due')];
  expect(await firstSend(early)).toMatchObject({ status: 'REFUSED', reason: 'AUTH_MISSING' });
  await platform.runUntil(signedAt);
  expect(await firstSend(due)).toMatchObject({ status: 'SENT', reason: 'PERMIT_AUTHORIZED', evidence: ['auth-1'] });
});
