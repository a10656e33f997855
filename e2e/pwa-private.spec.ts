import type { Request } from '@playwright/test';
import { identityOf } from './device-database.ts';
import { expect, openProduct, rate, test, untilOffline } from './pwa-test.ts';
import { startRequestLog } from './request-log.ts';

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

test('a whole visit with sync off sends what pages show and the prices that were asked for, and says of neither who asks', async ({
  page,
  baseURL,
}) => {
  const log = await startRequestLog(baseURL ?? '');
  await page.goto(log.url);
  await untilOffline(page);
  const { id, token } = await identityOf(page);
  await page.goto(`${log.url}/search?q=kettle`);
  await page.getByRole('list', { name: 'Products found' }).getByRole('link').first().click();
  await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
  await rate(page, 3);
  await page.getByRole('button', { name: 'I bought this' }).click();
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  // Longer than it takes until a page counts as looked at.
  await page.waitForTimeout(2_500);
  for (const path of ['/watchlist', '/you', '/']) {
    await page.goto(`${log.url}${path}`);
    await page.waitForLoadState('networkidle');
  }
  await log.close();

  const asked = log.requests.map(({ method, path }) => `${method} ${path.replace(/[?#].*/, '')}`);
  expect(asked.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(asked.filter((request) => /^GET \/(?:events|changes|watches|me|devices)\b/.test(request))).toEqual([]);
  const lookUps = log.requests.filter(({ path }) => path.startsWith('/compare_price'));
  expect(lookUps.length).toBeGreaterThan(0);
  expect(lookUps.filter(({ path }) => !/kettle/i.test(decodeURIComponent(path)))).toEqual([]);
  // Who asks is said for recommendations alone, which hold nothing of what was done.
  const signed = log.requests.filter(({ text }) => text.includes(id) || text.includes(token) || /"cookie"/.test(text));
  expect([...new Set(signed.map(({ path }) => path.replace(/\?.*/, '')))]).toEqual(['/recommendations']);
  expect(
    signed.filter(({ text }) => /kettle|rating|view|purchase/i.test(text.replace(/"referer":"[^"]*"/, ''))),
  ).toEqual([]);
});
