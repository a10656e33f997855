import { expect, test } from './pwa-test.ts';

test('the browser finds nothing that keeps it from being installed', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A test's browser context is an incognito one, where Chromium installs nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const { errors, url } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toMatch(/\/manifest\.webmanifest$/);
});

test('every image that the manifest names is there, in the size it is said to have', async ({ page, request }) => {
  const manifest = await (await request.get('/manifest.webmanifest')).json();
  expect(manifest).toMatchObject({
    id: '/',
    scope: '/',
    display: 'standalone',
    lang: 'en',
    share_target: { action: '/share' },
  });
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
  await page.goto('/');
  const shortcutIcons = manifest.shortcuts.flatMap(({ icons }: { icons: unknown[] }) => icons);
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots, ...shortcutIcons]) {
    const size = await page.evaluate(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    expect(`${src} ${size}`).toBe(`${src} ${sizes}`);
  }
});

test('nothing jumps while the pages fill', async ({ page }) => {
  const shifts = () =>
    page.evaluate(async () => {
      const entries = await new Promise<PerformanceEntryList>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve([]), 500);
      });
      return entries.reduce((sum, entry) => sum + ('value' in entry ? Number(entry.value) : 0), 0);
    });
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Recommendations' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await shifts()).toBeLessThanOrEqual(0.02);

  await page.goto('/compare?q=kettle');
  await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
  expect(await shifts()).toBeLessThanOrEqual(0.02);
});
