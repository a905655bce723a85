import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { keepScreenshot, sizes, startChromium, violationsOn } from './chromium.ts';
import type { Size } from './chromium.ts';
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

type Language = 'en' | 'es';

const inLanguage = (url: string, language: Language): string => `${url}?lang=${language}`;

/** The states of the pages that a reader may come to. */
const states: Readonly<Record<string, (page: Page, language: Language) => Promise<void>>> = {
  'preferences': async (page, language) => {
    await page.goto(inLanguage(await site.preferences(await site.newContact()), language));
  },
  'preferences-saved': async (page, language) => {
    await page.goto(inLanguage(await site.preferences(await site.newContact()), language));
    await page.check('#email-enrollment-yes');
    await page.check('#text-enrollment-no');
    await page.check('#email-partner-offers-no');
    await page.check('#frequency-weekly');
    await page.check(`#language-${language}`);
    await page.click('button');
  },
  'unsubscribe': async (page, language) => {
    await page.goto(inLanguage(await site.unsubscribe(await site.newContact()), language));
  },
  'unsubscribed': async (page, language) => {
    await page.goto(inLanguage(await site.unsubscribe(await site.newContact()), language));
    await page.click('button');
  },
  'authorization': async (page, language) => {
    await page.goto(inLanguage(await site.authorization(await site.newContact()), language));
  },
  'authorization-faults': async (page, language) => {
    await page.goto(inLanguage(await site.authorization(await site.newContact()), language));
    await page.evaluate('document.querySelector("form").noValidate = true');
    await page.click('button');
  },
  'authorization-signed': async (page, language) => {
    await page.goto(inLanguage(await site.authorization(await site.newContact()), language));
    await page.fill('#name', 'Ann Lee');
    await page.check('#agree');
    await page.click('button');
  },
  'not-found': async (page, language) => {
    await page.goto(inLanguage(site.at('/p/nothing-here'), language));
  },
};

const titles: Readonly<Record<string, Readonly<Record<Language, RegExp>>>> = {
  'preferences': { en: /^Your message choices/u, es: /^Sus preferencias de mensajes/u },
  'preferences-saved': { en: /^Your message choices/u, es: /^Sus preferencias de mensajes/u },
  'unsubscribe': { en: /^Stop promotional email/u, es: /^No recibir más correo promocional/u },
  'unsubscribed': { en: /^You are unsubscribed/u, es: /^Su suscripción está cancelada/u },
  'authorization': { en: /^Permission to hear about partner programs/u, es: /^Permiso para recibir información/u },
  'authorization-faults': { en: /^Permission to hear about partner programs/u, es: /^Permiso para recibir información/u },
  'authorization-signed': { en: /^Signed\. This is your copy/u, es: /^Firmado\. Esta es su copia/u },
  'not-found': { en: /^This page is not available/u, es: /^Esta página no está disponible/u },
};

const cases = Object.keys(states).flatMap((state) => (['en', 'es'] as const).flatMap((language) =>
  (Object.keys(sizes) as Size[]).map((size) => ({ state, language, size }))));

describe.each(cases)('$state, $language, $size', ({ state, language, size }) => {
  test('has the language and title it should, breaks no accessibility rule, and does not scroll sideways', async () => {
    const context = await browser.newContext({ viewport: sizes[size], bypassCSP: true });
    const page = await context.newPage();
    await states[state]?.(page, language);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.title()).toMatch(titles[state]?.[language] ?? /^$/u);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await keepScreenshot(page, `${state}-${language}-${size}`);
    await context.close();
  });
});

test('nothing is loaded from anywhere, and no script runs', async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const url = await site.preferences(await site.newContact());
  await page.goto(url);
  expect([asked.filter((one) => !one.endsWith('/favicon.ico')), await page.locator('script').count()]).toEqual([[url], 0]);
  await page.close();
});

test('buttons, boxes and their labels are large enough to touch', async () => {
  const page = await browser.newPage({ viewport: sizes.phone });
  await page.goto(await site.preferences(await site.newContact()));
  const boxes = await Promise.all((await page.locator('button, .choice').all()).map((one) => one.boundingBox()));
  expect(boxes.filter((box) => (box?.height ?? 0) < 44 || (box?.width ?? 0) < 44)).toEqual([]);
  await page.close();
});
