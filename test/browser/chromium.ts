import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Chromium of this machine. Without one the tests of the pages fail: pages that nobody opened are not tested. */
export const startChromium = (): Promise<Browser> => {
  if (!existsSync(executablePath)) {
    throw new Error(`There is no Chromium at ${executablePath}. Install it (apt-get install chromium), or name yours in CHROMIUM.`);
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
};

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;
export type Size = keyof typeof sizes;

/** What axe finds against WCAG 2.2 A and AA and its own best practices, as `<rule>: <element>`. */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};

/** Kept for the documentation when `SCREENSHOTS` is set. */
export const keepScreenshot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `docs/pages/${name}.png`, fullPage: true });
};
