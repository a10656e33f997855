import { expect, test } from '@playwright/test';
import { untilOffline } from './pwa-test.ts';
import { serveBuiltApp } from './serve-built-app.ts';

test('a new version asks before it takes over, and does so in every tab at once', async ({ page, context }) => {
  const copy = await serveBuiltApp();
  try {
    await page.goto(copy.url);
    await untilOffline(page);
    const other = await context.newPage();
    await other.goto(copy.url);

    await copy.publishNewVersion();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(page.getByText('Update available')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Later' })).toBeVisible();
    await page.evaluate(() => document.body.setAttribute('data-version', 'old'));
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('body[data-version="old"]')).toHaveCount(0);
    await expect(page.getByText('Update available')).toBeHidden();
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
  } finally {
    await copy.close();
  }
});

test('"later" leaves the page as it is', async ({ page }) => {
  const copy = await serveBuiltApp();
  try {
    await page.goto(copy.url);
    await untilOffline(page);
    await copy.publishNewVersion();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByRole('button', { name: 'Later' }).click();
    await expect(page.getByText('Update available')).toBeHidden();
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true);
  } finally {
    await copy.close();
  }
});
