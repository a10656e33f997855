import type { Request } from '@playwright/test';
import { expect, openProduct, rate, test, untilOffline } from './pwa-test.ts';

/** Time for a delivery that should not be: it follows a rating at once. */
const AFTERWARDS_MS = 1_500;

test('with sync off nothing that a shopper does leaves the device, also once another tab has deleted the site’s data', async ({
  page,
  context,
  complaints,
}) => {
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));
  await page.goto('/');
  await untilOffline(page);
  const other = await context.newPage();
  await other.goto('/you');
  await openProduct(page, 'kettle');
  await rate(page, 4);

  const browser = await context.newCDPSession(other);
  await browser.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' });
  await other.reload();
  await rate(page, 2);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.waitForTimeout(AFTERWARDS_MS);

  const paths = requests.map((request) => `${request.method()} ${new URL(request.url()).pathname}`);
  expect(paths).toContainEqual(expect.stringMatching(/^GET \/products\//));
  expect(paths.filter((path) => /^[A-Z]+ \/(?:events|watches|me|devices)\b/.test(path))).toEqual([]);
  const signed = requests.filter((request) => request.headers()['authorization'] !== undefined);
  const signedPaths = new Set(signed.map((request) => new URL(request.url()).pathname));
  expect([...signedPaths].filter((path) => path !== '/recommendations')).toEqual([]);
  // What was being read or written while the browser deleted it says so.
  expect(complaints.splice(0).filter((text) => !/Force close delete origin|AbortError/.test(text))).toEqual([]);
});
