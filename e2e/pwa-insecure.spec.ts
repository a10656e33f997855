import { expect, test } from '@playwright/test';
import { hostResolverRules } from '../scripts/chromium-flags.ts';
import { serveBuiltApp } from './serve-built-app.ts';

// As on a phone that opens a LAN address over plain http: the browser trusts loopback addresses, not this name.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), `--host-resolver-rules=${hostResolverRules('magpie.test')}`];
    await use({ ...launchOptions, args });
  },
});

test('an insecure address says what is missing and why, and the pages are there all the same', async ({ page }) => {
  const app = await serveBuiltApp();
  const exceptions: Error[] = [];
  page.on('pageerror', (error) => exceptions.push(error));
  try {
    await page.goto(`http://magpie.test:${app.port}/`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect(page.getByText('This address is not secure (http)')).toBeVisible();
    await page.getByRole('link', { name: 'Watchlist' }).first().click();
    await expect(page.getByRole('heading', { name: 'Nothing on your watchlist yet' })).toBeVisible();
    expect(exceptions).toEqual([]);
  } finally {
    await app.close();
  }
});
