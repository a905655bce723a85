import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import { sizes, startChromium } from './chromium.ts';
import type { Site } from './site.ts';
import { startSite } from './site.ts';

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await startChromium();
  site = await startSite(inject('assembly'));
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** A phone whose browser runs no script. */
const plainPage = async (): Promise<Page> =>
  (await browser.newContext({ viewport: sizes.phone, javaScriptEnabled: false, locale: 'en-US' })).newPage();

test('without JavaScript, choices are saved with the words that were shown, and shown again', async () => {
  const contact = await site.newContact();
  const url = await site.preferences(contact);
  const page = await plainPage();
  await page.goto(url);
  expect(await page.locator('input:checked').count()).toBe(0);
  await page.check('#email-enrollment-yes');
  await page.check('#email-partner-offers-no');
  await page.check('#frequency-weekly');
  await page.click('button');
  expect(await page.textContent('[role=status]')).toContain('Your choices are saved');
  await page.goto(url);
  const checked = await page.locator('input:checked').evaluateAll((inputs) => inputs.map((input) => input.id));
  const { current, log } = await site.consents(contact);
  expect(current.preferences).toMatchObject({
    email: { enrollment: 'yes', 'partner-offers': 'no' }, frequency: 'weekly', stop: { commercial: false },
  });
  expect(checked).toEqual(['email-enrollment-yes', 'email-partner-offers-no', 'frequency-weekly']);
  expect(log.filter(({ what }) => what === 'chosen').map(({ capture }) => [capture?.version, capture?.wording.split('.')[0]])).toEqual([
    ['preferences-1', 'Plan enrollment – By email: Yes'],
    ['preferences-1', 'Programs and partner offers – By email: No'],
    ['preferences-1', 'How often: At most one promotional message a week'],
  ]);
  await page.context().close();
});

test('a reader who chooses Spanish reads on in Spanish, and so the next time', async () => {
  const contact = await site.newContact();
  const url = await site.preferences(contact);
  const page = await plainPage();
  await page.goto(url);
  await page.check('#language-es');
  await page.click('button');
  expect(await page.textContent('h1')).toBe('Sus preferencias de mensajes');
  await page.goto(url);
  expect(await page.textContent('h1')).toBe('Sus preferencias de mensajes');
  await page.context().close();
});

test('without JavaScript, a form is signed once and its copy shown again under the same link', async () => {
  const contact = await site.newContact();
  const url = await site.authorization(contact);
  const page = await plainPage();
  await page.goto(url);
  expect(await page.isChecked('#agree')).toBe(false);
  await page.fill('#name', 'Ann <b>Lee</b>');
  await page.check('#agree');
  await page.click('button');
  expect(await page.textContent('h1')).toBe('Signed. This is your copy');
  await page.goto(url);
  expect(await page.textContent('dl')).toContain('Ann <b>Lee</b>');
  const { records, current } = await site.consents(contact);
  expect(records).toMatchObject([{
    type: 'hipaa_authorization', purposes: ['marketing.third_party'], promoted_parties: ['steady-steps'], disclosers: ['northside-health'],
    information: { classes: ['contact_info', 'diagnosis'] }, capture: { source: 'form', version: 'partner-programs-1' },
    statements: { right_to_revoke: true, how_to_revoke: true, conditioning: true, redisclosure: true, remuneration: true },
  }]);
  expect(current.inForce).toEqual([records[0]?.['id']]);
  await page.context().close();
});

test('a browser does not send a form without a name or with the box unchecked', async () => {
  const contact = await site.newContact();
  const page = await plainPage();
  await page.goto(await site.authorization(contact));
  await page.click('button');
  expect(await page.locator(':invalid:not(form)').count()).toBe(2);
  expect((await site.consents(contact)).records).toEqual([]);
  await page.context().close();
});

test('without JavaScript, a reader unsubscribes with one press and goes on to all choices', async () => {
  const contact = await site.newContact();
  const page = await plainPage();
  await page.goto(await site.unsubscribe(contact));
  await page.click('button');
  expect(await page.textContent('h1')).toBe('You are unsubscribed');
  await page.click('main a');
  expect(await page.isChecked('#stop-commercial')).toBe(true);
  await page.context().close();
});

test('stopping promotions on the page ends the run in the middle of its wait, with proof', async () => {
  const contact = await site.newContact();
  await site.unsubscribe(contact);
  const page = await plainPage();
  await page.goto(await site.preferences(contact));
  await page.check('#stop-commercial');
  await page.click('button');
  const { body } = await site.platform.call('GET', `/contacts/${contact}/withdrawals`);
  expect(body).toMatchObject({ withdrawals: [{ ended: [{ journey: 'health-plan-enrollment', reason: 'OPTED_OUT_COMMERCIAL' }] }] });
  await page.context().close();
});

test('with the keyboard alone, choices are made and saved', async () => {
  const contact = await site.newContact();
  const page = await (await browser.newContext({ viewport: sizes.desktop, locale: 'en-US' })).newPage();
  await page.goto(await site.preferences(contact));
  const focusOn = async (selector: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.locator(selector).evaluate((element) => element.matches(':focus-visible'))) return;
    }
    throw new Error(`no Tab leads to ${selector}`);
  };
  await focusOn('#email-enrollment-yes');
  await page.keyboard.press('Space');
  await focusOn('#stop-sms');
  await page.keyboard.press('Space');
  await focusOn('button');
  await page.keyboard.press('Enter');
  expect(await page.textContent('[role=status]')).toContain('Your choices are saved');
  expect((await site.consents(contact)).current.preferences).toMatchObject({ email: { enrollment: 'yes' }, stop: { sms: true } });
  await page.context().close();
});

test('with the keyboard alone, a form is signed', async () => {
  const contact = await site.newContact();
  const page = await (await browser.newContext({ viewport: sizes.desktop, locale: 'en-US' })).newPage();
  await page.goto(await site.authorization(contact));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ann Lee');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.textContent('h1')).toBe('Signed. This is your copy');
  await page.context().close();
});

test('no page shows a name, an address or an id of the person', async () => {
  const contact = await site.newContact();
  const { body: known } = await site.platform.call('GET', new URL(await site.preferences(contact)).pathname);
  const { body: form } = await site.platform.call('GET', new URL(await site.authorization(contact)).pathname);
  const { body: unsubscribe } = await site.platform.call('GET', new URL(await site.unsubscribe(contact)).pathname);
  const shown = [known, form, unsubscribe].join('\n');
  expect(['Ann', 'Lee', 'example.test', contact, '1979', 'reader'].filter((word) => shown.includes(word))).toEqual([]);
});

test('a link that has ended shows what a forged one shows', async () => {
  const contact = await site.newContact();
  const path = new URL(await site.mint(contact, { kind: 'preferences', expiresInDays: 1 })).pathname;
  const forged = await site.platform.call('GET', `${path.slice(0, -4)}AAAA`);
  const cut = await site.platform.call('GET', path.slice(0, -4));
  const other = await site.platform.call('GET', path.replace('/p/', '/a/'));
  await site.platform.runUntil(addSeconds(site.platform.clock.now(), 86_400));
  const ended = await site.platform.call('GET', path);
  expect([forged, cut, other, ended].map(({ status, body }) => [status, body])).toEqual(Array.from({ length: 4 }, () => [404, ended.body]));
});
