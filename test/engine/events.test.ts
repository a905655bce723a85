import { describe, expect, test } from 'vitest';
import type { ApiAnswer, Platform } from '../../lib/local/platform.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { enrolIn, type Stores, storesOf } from './journeys.ts';
import { assemblyOf, plainTemplate } from './own-journeys.ts';
import { browser, importMember, linksIn, member, startAt, timelineOf } from './people.ts';
import { startOn } from './start-on.ts';

const weekSeconds = 7 * 86_400;

const settings = (journey: string, more = ''): string => `
journey: ${journey}
title: A journey that waits
message: { purpose: care_coordination, content: [contact_info], segment: [contact_info, demographic, appointment_logistics, appointment_detail] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
enter: { segment: members, source: membership system, because: Care of our own patients. }
${more}
steps:
`;

const linked = `
template: linked
subject: A message for you
text: "Hello. {{ links.first }} {{ links.second }} {{ sender.name }} {{ organisation.name }}, {{ organisation.postalAddress }}"
html: |
  <p>Hello. <a href="{{ links.first }}">First</a> <a href="{{ links.second }}">Second</a></p>
  <p>{{ sender.name }}, {{ organisation.name }}, {{ organisation.postalAddress }}</p>
links: { first: "https://example.test/first", second: "https://example.test/second" }
`;

/** A journey that sends, waits a week for events, and ends with the label of what came. */
const waiting = (journey: string, events: readonly string[], more = ''): Readonly<Record<string, string>> => ({
  [`${journey}/v1/journey.yaml`]: `${settings(journey, more)}
  - { id: first, send: linked }
  - id: answer
    waitFor:
${events.map((event) => `      - ${event}`).join('\n')}
    within: 7 days
    otherwise: silent
  - { id: came, end: came }
${events.some((event) => event.includes('then: other')) ? '  - { id: other, end: other }\n' : ''}  - { id: silent, end: silent }
`,
  [`${journey}/v1/templates/linked.yaml`]: linked,
});

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
`,
  'events.yaml': `
- event: lab.booked
  title: A visit was booked
  classes: [appointment_logistics]
  attributes: { kind: { type: id, reveals: appointment_detail }, days: { type: number, reveals: appointment_logistics } }
`,
  ...waiting('clicks', ['{ click: any, of: first, then: came }']),
  ...waiting('one-link', ['{ click: second, of: first, then: came }']),
  ...waiting('opens', ['{ open: first, then: came }'], 'opens: true'),
  ...waiting('bounces', ['{ bounce: first, then: came }']),
  ...waiting('conditions', ['{ passes: { all: [{ field: language, equals: es }, { segment: members }] }, as: ready, then: came }']),
  ...waiting('filters', [
    '{ event: lab.booked, where: { attribute: kind, equals: blood }, as: now, then: came }',
    '{ event: lab.booked, where: [{ attribute: kind, equals: tissue }, { attribute: days, atMost: 3 }], as: soon, then: other }',
  ]),
  'late/v1/journey.yaml': `${settings('late', 'opens: true')}
  - { id: first, send: linked }
  - { id: pause, wait: 1 day }
  - id: answer
    waitFor:
      - { event: lab.booked, where: { attribute: kind, equals: blood }, as: blood, then: other }
      - { click: any, of: first, then: came }
      - { open: first, then: came }
      - { bounce: first, then: came }
    within: 7 days
    otherwise: silent
  - { id: came, end: came }
  - { id: other, end: other }
  - { id: silent, end: silent }
`,
  'late/v1/templates/linked.yaml': linked,
  'plain/v1/journey.yaml': `${settings('plain')}
  - { id: first, send: note }
  - { id: pause, wait: 30 days }
  - { id: done, end: completed }
`,
  'plain/v1/templates/note.yaml': plainTemplate('note'),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
  platform.decideMail((address) => (address.startsWith('bounced') ? 'bounce' : 'deliver'));
});

const into = async (journey: string, name: string): Promise<string> => {
  const contact = await importMember(platform, `${name}-${journey}`);
  await platform.settle();
  await enrolIn(platform, journey, contact);
  await platform.settle();
  return contact;
};

/** Imports a member, again where the name is known; gives the contact id. */
const speaking = async (language: string, name: string): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields: { ...known.fields, language } }] });
  return (answer.body as { accepted: readonly { contact: string }[] }).accepted[0]?.contact ?? '';
};

const runOf = async (contact: string): Promise<Enrolment> => {
  const [run] = await stores.enrolments.ofContact(contact);
  if (run === undefined) throw new Error('nobody entered');
  return run;
};
const endOf = async (contact: string): Promise<string | undefined> => (await runOf(contact)).ended;

const htmlTo = (contact: string): string => platform.mails().find(({ tags }) => tags['contact'] === contact)?.html ?? '';
const imageIn = (contact: string): string => /src="https?:\/\/[^/"]+(\/o\/[\w-]+)"/u.exec(htmlTo(contact))?.[1] ?? '';
const fetchIt = (method: string, path: string, userAgent = browser): Promise<ApiAnswer> =>
  platform.call(method, path, undefined, { 'user-agent': userAgent });
const press = (contact: string, words: string): Promise<ApiAnswer> => fetchIt('GET', linksIn(htmlTo(contact)).get(words) ?? '');
const report = (contact: string, id: string, attributes: object): Promise<ApiAnswer> =>
  platform.call('POST', `/contacts/${contact}/events`, { name: 'lab.booked', id, attributes });

/** Lets time pass; a sweep comes each minute. */
const pass = (seconds: number): Promise<unknown> => platform.runUntil(addSeconds(platform.clock.now(), seconds));

describe('a click on a mail with two links', () => {
  test('wakes the wait when half a minute is over in which a scanner would have followed both', async () => {
    const contact = await into('clicks', 'reader');
    await pass(600);
    expect(await press(contact, 'First')).toMatchObject({ status: 302 });
    await platform.settle();
    expect((await runOf(contact)).status).toBe('PARKED');
    await pass(90);
    const run = await runOf(contact);
    expect([run.ended, run.wokenBy?.startsWith('event#')]).toEqual(['came', true]);
  });

  test('wakes nothing where both were followed at once, however much the program looks like a browser', async () => {
    const contact = await into('clicks', 'gateway');
    await pass(600);
    await press(contact, 'First');
    await press(contact, 'Second');
    await pass(120);
    expect((await runOf(contact)).status).toBe('PARKED');
    expect((await timelineOf(platform, contact)).filter(({ what }) => what === 'scanner click').map(({ step }) => step)).toEqual(['first/first', 'first/second']);
    await press(contact, 'Second');
    await pass(90);
    expect(await endOf(contact)).toBe('came');
  });

  test('on another link than the awaited one wakes nothing', async () => {
    const contact = await into('one-link', 'other-link');
    await pass(600);
    await press(contact, 'First');
    await pass(90);
    expect((await runOf(contact)).status).toBe('PARKED');
  });

  test('by a program that says what it is wakes nothing', async () => {
    const contact = await into('clicks', 'crawler');
    await pass(600);
    await fetchIt('GET', linksIn(htmlTo(contact)).get('First') ?? '', 'Mozilla/5.0 (compatible; Barracuda Sentinel)');
    await fetchIt('HEAD', linksIn(htmlTo(contact)).get('First') ?? '');
    await pass(120);
    expect((await runOf(contact)).status).toBe('PARKED');
  });
});

describe('the image of a mail', () => {
  test('is at its end only where the journey says so', async () => {
    const [opens, clicks] = [await into('opens', 'with-image'), await into('clicks', 'without-image')];
    expect(imageIn(opens)).toMatch(/^\/o\//u);
    expect(htmlTo(clicks)).not.toContain('/o/');
  });

  test('wakes the wait when a person\'s program fetches it', async () => {
    const contact = await into('opens', 'reader');
    await pass(600);
    const answer = await fetch(`${platform.urls.api}${imageIn(contact)}`, { headers: { 'user-agent': browser } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.length, bytes.toString('latin1', 0, 6)]).toEqual([200, 43, 'GIF89a']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' });
    expect(answer.headers.has('set-cookie')).toBe(false);
    await platform.settle();
    expect(await endOf(contact)).toBe('came');
  });

  test.each([
    ['Apple', 'Mozilla/5.0'], ['Gmail', 'Mozilla/5.0 (Windows NT 5.1) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'],
  ])('that %s fetches ahead is recorded and wakes nothing', async (name, userAgent) => {
    const contact = await into('opens', name.toLowerCase());
    await pass(600);
    await fetchIt('GET', imageIn(contact), userAgent);
    await pass(120);
    expect((await runOf(contact)).status).toBe('PARKED');
    expect((await timelineOf(platform, contact)).filter(({ what }) => what === 'scanner open')).toHaveLength(1);
  });

  test('asked for its head alone changes nothing', async () => {
    const contact = await into('opens', 'head');
    await pass(600);
    expect(await fetchIt('HEAD', imageIn(contact))).toMatchObject({ status: 200 });
    await platform.settle();
    expect((await timelineOf(platform, contact)).filter(({ what }) => what === 'open')).toEqual([]);
  });

  test('has the same answer for a forged token, for one of a link, and for a true one', async () => {
    const contact = await into('opens', 'forged');
    await pass(600);
    const link = linksIn(htmlTo(contact)).get('First')?.replace('/l/', '/o/') ?? '';
    const answers = await Promise.all([imageIn(contact), link, '/o/nothing', `/o/${'x'.repeat(3000)}`].map((path) => fetchIt('GET', path)));
    const seen = answers.map(({ status, headers, body }) => ({ status, type: headers['content-type'], body }));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    await platform.settle();
    expect((await timelineOf(platform, contact)).filter(({ what }) => what === 'open')).toHaveLength(1);
  });
});

describe('a bounce', () => {
  test('wakes the wait for it, and does not end a journey that says what follows', async () => {
    const contact = await into('bounces', 'bounced');
    await pass(120);
    expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended: 'came' });
  });

  test('ends a journey that does not wait for one', async () => {
    const contact = await into('plain', 'bounced');
    await pass(120);
    expect((await runOf(contact)).status).toBe('EXITED');
  });

  test('told of twice is one event', async () => {
    const contact = await into('bounces', 'bounced-again');
    await pass(120);
    const mail = platform.mails().find(({ tags }) => tags['contact'] === contact);
    const bounced = (await timelineOf(platform, contact)).find(({ what }) => what === 'bounce');
    const event = {
      eventType: 'Bounce', mail: { messageId: mail?.messageId, timestamp: mail?.sentAt, tags: Object.fromEntries(Object.entries(mail?.tags ?? {}).map(([name, value]) => [name, [value]])) },
      bounce: { bounceType: 'Permanent', timestamp: bounced?.at },
    };
    await platform.invoke('ingest-mail-events', { Records: [{ messageId: 'm1', body: JSON.stringify(event) }] });
    await platform.settle();
    expect((await timelineOf(platform, contact)).filter(({ what }) => what === 'bounce')).toHaveLength(1);
  });
});

describe('an API event with attributes', () => {
  test('wakes the first wait whose filter it passes, and leaves its key behind', async () => {
    const contact = await into('filters', 'tissue');
    expect((await report(contact, 'l1', { kind: 'tissue', days: 5 })).body).toEqual({ resumed: 0 });
    expect((await report(contact, 'l2', { kind: 'tissue', days: 2 })).body).toEqual({ resumed: 1 });
    await platform.settle();
    const run = await runOf(contact);
    expect([run.ended, run.wokenBy?.endsWith('#l2')]).toEqual(['other', true]);
  });

  test('that is not as declared is refused with its path and wakes nothing', async () => {
    const contact = await into('filters', 'refused');
    expect(await report(contact, 'l1', { kind: 'blood', colour: 'red' }))
      .toMatchObject({ status: 422, body: { error: { code: 'input.invalid', faults: ['attributes.colour: not declared'] } } });
    await platform.settle();
    expect((await runOf(contact)).status).toBe('PARKED');
  });

  test('stands nowhere in the parked row: neither what is asked nor what was told', async () => {
    const contact = await into('filters', 'row');
    await report(contact, 'l1', { kind: 'unknown-kind' });
    expect(JSON.stringify(await runOf(contact))).not.toMatch(/blood|tissue|unknown-kind/u);
  });
});

describe('what happens between the send and the wait counts', () => {
  const late = async (name: string, act: (contact: string) => Promise<unknown>): Promise<string | undefined> => {
    const contact = await into('late', name);
    await pass(600);
    await act(contact);
    await pass(86_400 + 120);
    return endOf(contact);
  };

  test('a click', async () => {
    expect(await late('clicked', (contact) => press(contact, 'First'))).toBe('came');
  });

  test('but not that of a scanner', async () => {
    const contact = await into('late', 'scanned');
    await pass(600);
    for (const words of ['First', 'Second']) await press(contact, words);
    await pass(86_400 + 120);
    expect((await runOf(contact)).status).toBe('PARKED');
  });

  test('an opening', async () => {
    expect(await late('opened', (contact) => fetchIt('GET', imageIn(contact)))).toBe('came');
  });

  test('a bounce', async () => {
    expect(await late('bounced', () => Promise.resolve())).toBe('came');
  });

  test('an API event with attributes, from when the contact set out on this leg', async () => {
    const early = await into('late', 'too-early');
    await pass(600);
    await report(early, 'l1', { kind: 'blood' });
    await pass(86_400 + 120);
    expect((await runOf(early)).status).toBe('PARKED');
  });
});

test('an API event that comes while the burst is under way is opened and judged when the wait parks', async () => {
  const contact = await importMember(platform, 'under-way');
  await platform.settle();
  await Promise.all([enrolIn(platform, 'filters', contact), report(contact, 'l1', { kind: 'blood' })]);
  await platform.settle();
  await report(contact, 'l2', { kind: 'blood' });
  await platform.settle();
  expect(await endOf(contact)).toBe('came');
});

test('a condition that holds already ends the wait at once, one that does not leaves it', async () => {
  const contact = await speaking('es', 'spanish');
  const other = await speaking('en', 'english');
  await platform.settle();
  for (const one of [contact, other]) await enrolIn(platform, 'conditions', one);
  await platform.settle();
  expect([await endOf(contact), (await runOf(other)).status]).toEqual(['came', 'PARKED']);
});

describe('of an event and a timeout at the same instant exactly one goes on', () => {
  const executionsOf = (contact: string) => platform.executions().filter(({ input }) => input.includes(contact));
  const queued = (body: object) => ({ Records: [{ messageId: 'm1', body: JSON.stringify(body) }] });

  const race = async (journey: string, name: string, act: (contact: string) => Promise<unknown>): Promise<number> => {
    const contact = await into(journey, name);
    const { enrolment } = await runOf(contact);
    const due = addSeconds(platform.clock.now(), weekSeconds);
    platform.at(due, () => Promise.all([
      platform.invoke('resume-enrolment', queued({ due: [{ contact, enrolment }] })), act(contact),
    ]));
    await platform.runUntil(addSeconds(due, 120));
    expect((await runOf(contact)).status).toBe('COMPLETED');
    return executionsOf(contact).length;
  };

  test('an opening', async () => {
    expect(await race('opens', 'race', (contact) => fetchIt('GET', imageIn(contact)))).toBe(2);
  });

  test('an API event with attributes', async () => {
    expect(await race('filters', 'race', (contact) => report(contact, 'l1', { kind: 'blood' }))).toBe(2);
  });

  test('a bounce', async () => {
    expect(await race('bounces', 'race', (contact) => {
      const tags = platform.mails().find((mail) => mail.tags['contact'] === contact)?.tags ?? {};
      return platform.invoke('ingest-mail-events', queued({
        eventType: 'Bounce', mail: { messageId: 'b1', timestamp: platform.clock.now(), tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])) },
        bounce: { bounceType: 'Permanent', timestamp: platform.clock.now() },
      }));
    })).toBe(2);
  });

  test('a click that is confirmed', async () => {
    const contact = await into('clicks', 'race');
    const { enrolment } = await runOf(contact);
    const due = addSeconds(platform.clock.now(), weekSeconds);
    const clicked = addSeconds(due, -60) as Instant;
    platform.at(clicked, () => press(contact, 'First'));
    platform.at(due, () => Promise.all([
      platform.invoke('resume-enrolment', queued({ due: [{ contact, enrolment }] })),
      platform.invoke('fire-timers', queued({ timers: [{ contact, kind: 'clicks', name: `${enrolment}#${clicked}`, due: addSeconds(clicked, 30) }] })),
    ]));
    await platform.runUntil(addSeconds(due, 120));
    expect(executionsOf(contact)).toHaveLength(2);
  });
});
