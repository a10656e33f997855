/**
 * Takes the screenshots of the web app manifest from a running Magpie with its demo data:
 * `node scripts/render-screenshots.ts http://127.0.0.1:8787`.
 */
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';

const [, , magpie] = process.argv;
if (magpie === undefined) throw new Error('usage: node scripts/render-screenshots.ts ADDRESS-OF-A-RUNNING-MAGPIE');

/** A shopper with a clear taste. */
const SHOPPER = '12';

async function showHome(page: Page): Promise<void> {
  await page.goto(`${magpie}/you`);
  await page.getByLabel(/demo shopper/).fill(SHOPPER);
  await page.getByRole('button', { name: 'Switch' }).click();
  await page.getByRole('link', { name: 'Magpie' }).click();
  await page
    .getByText(/^Because you/)
    .first()
    .waitFor();
}

async function showProduct(page: Page): Promise<void> {
  await page.goto(`${magpie}/search?q=headphones`);
  await page.getByRole('list', { name: 'Products found' }).getByRole('link').first().click();
  await page.getByText('Best deal').waitFor();
  await page.locator('#offers').evaluate((offers) => offers.scrollIntoView());
}

const shots: [file: string, context: BrowserContextOptions, show: (page: Page) => Promise<void>][] = [
  ['home-wide.png', { viewport: { width: 1280, height: 800 } }, showHome],
  ['product-narrow.png', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true }, showProduct],
];

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [file, options, show] of shots) {
    const context = await browser.newContext({
      ...options,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await show(page);
    await page.waitForLoadState('networkidle');
    const folder = new URL('../client/public/screenshots/', import.meta.url);
    await page.screenshot({ path: fileURLToPath(new URL(file, folder)) });
    await context.close();
  }
} finally {
  await browser.close();
}
