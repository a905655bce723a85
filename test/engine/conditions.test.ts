import { beforeAll, describe, expect, it } from 'vitest';
import { counts } from '../../lib/aws/counts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import type { Deltas } from '../../lib/core/engine/counts.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { armOf, groupOf } from '../../lib/core/journey/assign.ts';
import type { StepOf } from '../../lib/core/journey/plan.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrolIn, sendsOf, type Stores, storesOf } from './journeys.ts';
import { assemblyOf, plainTemplate } from './own-journeys.ts';
import { member, startAt, timelineOf } from './people.ts';
import { startOn } from './start-on.ts';

const settings = (journey: string, segment: string, more = ''): string => `
journey: ${journey}
title: A journey of the test
message: { purpose: health_education, content: [contact_info], segment: [contact_info${segment}] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
enter: { segment: members, source: membership system, because: Care of our own patients. }
${more}
steps:
`;

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
- { segment: guests, title: Guests, because: They asked., classes: [], where: null }
`,
  'events.yaml': `
- event: visit.booked
  title: A visit was booked
  classes: [appointment_logistics]
  attributes: { days: { type: number, reveals: appointment_logistics } }
`,
  'by-record/v1/journey.yaml': `${settings('by-record', ', demographic')}
  - id: by-language
    branch: [{ when: { field: language, equals: es }, then: in-spanish, as: spanish }]
    missing: not-known
    otherwise: in-english
  - { id: in-spanish, end: spanish }
  - { id: not-known, end: not-known }
  - { id: in-english, end: english }
`,
  'by-visit/v1/journey.yaml': `${settings('by-visit', ', appointment_logistics')}
  - { id: booking, waitFor: [{ event: visit.booked }], within: 7 days }
  - id: by-visit
    branch:
      - { when: { attribute: days, atMost: 3 }, then: soon }
      - { when: { event: visit.booked, within: 1 day, where: { attribute: days, atLeast: 30 } }, then: late }
    missing: not-known
    otherwise: between
  - { id: soon, end: soon }
  - { id: late, end: late }
  - { id: not-known, end: not-known }
  - { id: between, end: between }
`,
  'unopened/v1/journey.yaml': `${settings('unopened', '')}
  - { id: greet, send: note }
  - { id: keep, addToSegment: guests }
  - id: by-list
    branch:
      - { when: { clicked: { of: greet, within: 3 days } }, then: clicked }
      - { when: { all: [{ segment: guests }, { not: { bounced: { journey: unopened } } }] }, then: listed }
    otherwise: neither
  - { id: clicked, end: clicked }
  - { id: listed, end: listed }
  - { id: neither, end: neither }
`,
  'unopened/v1/templates/note.yaml': plainTemplate('note'),
  'tested/v1/journey.yaml': `${settings('tested', '', 'holdout: { share: 50 }')}
  - id: which
    split:
      - { share: 50, then: short, as: short-one }
      - { share: 50, then: long, as: long-one }
  - { id: short, send: note }
  - goTo: done
  - { id: long, send: note }
  - { id: done, end: reached }
`,
  'tested/v1/templates/note.yaml': plainTemplate('note'),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

const imported = async (name: string, fields: object = {}): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields: { ...known.fields, ...fields } }] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status}`);
  await platform.settle();
  return contact;
};

const into = async (journey: string, contact: string): Promise<void> => {
  await enrolIn(platform, journey, contact);
  await platform.settle();
};

const runOf = async (contact: string): Promise<Enrolment | undefined> => (await stores.enrolments.ofContact(contact))[0];

const countsOf = (journey: string): Promise<Deltas> =>
  counts({ ...awsRuntime, clock: platform.clock, clientConfig: { credentials: { accessKeyId: 'test', secretAccessKey: 'test' } } },
    required(env.journeysTable)).read(journey, 1);

const readersSince = (start: number): readonly string[] => platform.trail().slice(start)
  .filter(({ eventName }) => eventName === 'Decrypt').map(({ userIdentity }) => userIdentity.sessionContext.sessionIssuer.userName);

describe('a branch', () => {
  it.each([['es', 'spanish', 'spanish'], ['en', 'otherwise', 'english'], [undefined, 'missing', 'not-known']])(
    'on a field that is %s goes %s', async (language, label, ended) => {
      const contact = await imported(`language-${label}`, language === undefined ? {} : { language });
      await into('by-record', contact);
      expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended, labels: { 'by-language/0': label } });
    },
  );

  it.each([[{ days: 2 }, 'soon'], [{ days: 45 }, 'late'], [{ days: 10 }, 'between'], [{}, 'not-known']])(
    'on the attributes of the event that came, %j, goes to %s', async (attributes, ended) => {
      const contact = await imported(`visit-${ended}`);
      await into('by-visit', contact);
      await platform.call('POST', `/contacts/${contact}/events`, { name: 'visit.booked', id: 'one', attributes });
      await platform.settle();
      expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended });
    },
  );

  it('on an attribute goes the way of what is missing where no event came', async () => {
    const contact = await imported('visit-none');
    await into('by-visit', contact);
    await platform.runUntil('2026-11-10T14:00:00.000Z' as typeof startAt);
    expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended: 'not-known' });
  });

  it('on segments and engagement alone decrypts nothing', async () => {
    const contact = await imported('unopened');
    const before = platform.trail().length;
    await into('unopened', contact);
    expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended: 'listed' });
    expect(readersSince(before)).not.toContain('choose-branch');
  });
});

const which: StepOf<'split'> = {
  kind: 'split', id: 'which', visits: 1,
  arms: [{ label: 'short-one', share: 50, next: 'short' }, { label: 'long-one', share: 50, next: 'long' }],
};

describe('a split in a journey that holds half of its contacts out', () => {
  const people: string[] = [];
  const decrypted: string[] = [];
  beforeAll(async () => {
    for (let number = 0; number < 12; number += 1) people.push(await imported(`tested-${number}`));
    const before = platform.trail().length;
    for (const contact of people) await into('tested', contact);
    decrypted.push(...readersSince(before));
  });

  const groups = () => Promise.all(people.map(async (contact) => await groupOf({ holdout: { share: 50, as: 'tested' } }, contact)));

  it('sends each contact the way of the arm that the id has, and keeps it on the row', async () => {
    for (const contact of people) {
      const label = await armOf(which, 'tested', contact);
      const run = await runOf(contact);
      expect(run).toMatchObject({ status: 'COMPLETED', ended: 'reached', labels: { 'arm/which': label } });
      expect(Object.keys(run?.visited ?? {})).toContain(label === 'short-one' ? 'short' : 'long');
    }
  });

  it('sends to the treated and to nobody else, and tells why', async () => {
    for (const [index, contact] of people.entries()) {
      const group = (await groups())[index];
      expect((await runOf(contact))?.group).toBe(group);
      const [send] = await sendsOf(stores, contact);
      expect(send).toMatchObject(group === 'treated' ? { status: 'SENT' } : { status: 'REFUSED', reason: 'HOLDOUT', consentVersion: 0 });
      const mails = platform.mails().filter(({ tags }) => tags['contact'] === contact);
      expect(mails).toHaveLength(group === 'treated' ? 1 : 0);
    }
  });

  it('reads nothing of those who are held out, and nothing of anybody for the split', async () => {
    const treated = (await groups()).filter((group) => group === 'treated').length;
    expect(decrypted.filter((reader) => reader === 'send-message')).toHaveLength(treated);
    expect(decrypted).not.toContain('choose-branch');
  });

  it('leaves no task to follow up', async () => {
    expect((await platform.call('GET', '/follow-ups')).body).toMatchObject({ tasks: [] });
  });

  it('counts entries and ends by group and by arm', async () => {
    const held = (await groups()).filter((group) => group === 'holdout').length;
    const short = (await Promise.all(people.map((contact) => armOf(which, 'tested', contact)))).filter((arm) => arm === 'short-one').length;
    expect([held > 0, held < people.length]).toEqual([true, true]);
    expect(await countsOf('tested')).toMatchObject({
      entered: people.length, 'refused/HOLDOUT': held,
      'group/holdout/entered': held, 'group/holdout/ended/reached': held,
      'group/treated/entered': people.length - held, 'group/treated/ended/reached': people.length - held,
      'arm/which/short-one/entered': short, 'arm/which/short-one/ended/reached': short,
      'arm/which/long-one/entered': people.length - short, 'arm/which/long-one/ended/reached': people.length - short,
    });
  });

  it('shows in the timeline and before a launch that a contact is held out', async () => {
    const held = (await groups()).indexOf('holdout');
    const entries = await timelineOf(platform, people[held] ?? '');
    expect(entries.filter(({ what }) => what === 'refused').map(({ reason }) => reason)).toEqual(['HOLDOUT']);
    const check = await platform.call('POST', '/journeys/tested/launch-checks', {});
    expect(check.body).toHaveProperty('refused.HOLDOUT.count');
  });

  it('goes the same way in a burst that is repeated, and is counted once', async () => {
    const contact = await imported('repeated');
    await into('tested', contact);
    const run = await runOf(contact);
    if (run === undefined) throw new Error('the run is expected');
    const before = await countsOf('tested');
    const again = { ...run, enrolment: `e_${Array.from(run.enrolment.slice(2)).toReversed().join('')}`, status: 'RUNNING' as const, visited: {}, labels: {}, step: 'which' };
    const { endedAt: _endedAt, ended: _ended, ...running } = again;
    await stores.enrolments.enter(running);
    const task = {
      journey: 'tested', version: 1, step: 'which', from: 'which', contact, enrolment: running.enrolment, outcome: 'none', seq: run.seq, leg: 0,
    };
    const outcomes = [await platform.invoke('choose-branch', task), await platform.invoke('choose-branch', task)]
      .map((answer) => (answer as { outcome: string }).outcome);
    await platform.settle();
    const label = await armOf(which, 'tested', contact);
    expect(outcomes).toEqual([label, label]);
    const after = await countsOf('tested');
    expect((after[`arm/which/${label}/entered`] ?? 0) - (before[`arm/which/${label}/entered`] ?? 0)).toBe(1);
  });
});
