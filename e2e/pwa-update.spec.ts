import { expect, test } from '@playwright/test';
import { untilOffline } from './pwa-test.ts';
import { idsInOutbox, makeReleasedDatabase } from './released-database.ts';
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

test('a tab that stays open while its files are replaced on the server opens its other pages, and keeps its outbox', async ({
  page,
}) => {
  const copy = await serveBuiltApp();
  try {
    const nothing = { brand: null, category: null, description: null, gtin: null, image: null, list_price: null };
    const items = [{ product_id: '1', title: 'Lamp', ...nothing }];
    const entries = await makeReleasedDatabase(page, copy.url, { items, sync: false });
    await page.goto(copy.url);
    await untilOffline(page);
    await copy.removeScripts();
    await copy.publishNewVersion();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(page.getByText('Update available')).toBeVisible();
    await page.getByRole('link', { name: 'Watchlist' }).first().click();
    await expect(page.getByRole('link', { name: 'Lamp' })).toBeVisible();
    // The server here has no API, so that nothing can have been sent.
    expect((await idsInOutbox(page)).toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
  } finally {
    await copy.close();
  }
});

test('a tab without a service worker says to reload where its files are replaced on the server', async ({
  browser,
}) => {
  const copy = await serveBuiltApp();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(copy.url);
    await expect(page.getByRole('link', { name: 'Watchlist' }).first()).toBeVisible();
    await copy.removeScripts();
    await page.getByRole('link', { name: 'Watchlist' }).first().click();
    await expect(page.getByRole('alert').filter({ hasText: 'reload the page' })).toBeVisible();
  } finally {
    await context.close();
    await copy.close();
  }
});
