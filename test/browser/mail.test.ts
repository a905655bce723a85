import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { preview } from '../../lib/core/template/preview.ts';
import { reminder } from '../statemachines/templates/folder.ts';
import { keepScreenshot, sizes, startChromium, violationsOn } from './chromium.ts';
import type { Size } from './chromium.ts';

let browser: Browser;
beforeAll(async () => { browser = await startChromium(); });
afterAll(() => browser.close());

const template = reminder();
const htmlIn = (language: string): string => {
  const shown = preview(template, { contact: { firstName: 'Ada', planEndsOn: '2026-12-31', age: 70 }, language }, {
    sender: { name: 'Northside Health Plan', address: 'care@northside.example', replyTo: 'help@northside.example' },
    organisation: { name: 'Northside Health Plan', postalAddress: '1 Main St, Columbus, OH 43085' },
    unsubscribe: 'https://links.northside.example/u/abc',
  });
  if (shown.kind !== 'message') throw new Error(`${shown.variable ?? 'an expression'} is missing`);
  return shown.html;
};

/** A mail is shown inside a page that has landmarks of its own. */
const ofWholePages = /^(?:landmark-one-main|region): /u;

/** Two of the looks serve the documentation. */
const kept: ReadonlySet<string> = new Set(['en light', 'es dark']);

const looks = (['en', 'es'] as const).flatMap((language) => (['phone', 'desktop'] as const).flatMap((size: Size) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ language, size, colorScheme }))));

test.each(looks)('a mail in $language can be read by everybody on a $size in $colorScheme', async ({ language, size, colorScheme }) => {
  const context = await browser.newContext({ viewport: sizes[size], colorScheme });
  const page = await context.newPage();
  await page.setContent(htmlIn(language));
  if (size === 'phone' && kept.has(`${language} ${colorScheme}`)) await keepScreenshot(page, `mail-${language}-${colorScheme}`);
  expect((await violationsOn(page)).filter((one) => !ofWholePages.test(one))).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await context.close();
});
