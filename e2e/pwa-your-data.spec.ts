import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { becomeDemoShopper, expect, expectAccessible, openProduct, rate, test, untilOffline } from './pwa-test.ts';

/** What is in the stores of the device's own database, by store. */
function storesOf(page: Page): Promise<Record<string, unknown[]>> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('magpie'));
    const stores = db.transaction([...db.objectStoreNames]);
    const contents = await Promise.all(
      [...db.objectStoreNames].map(async (name) => [name, await done(stores.objectStore(name).getAll())]),
    );
    db.close();
    return Object.fromEntries(contents);
  });
}

interface Device {
  id: string;
  token: string;
}

async function deviceOf(page: Page): Promise<Device> {
  const { settings } = await storesOf(page);
  return settings?.find((value) => typeof value === 'object') as Device;
}

/** What the server answers to this device about itself. */
async function exportOf(page: Page, { id, token }: Device): Promise<{ events: unknown[] }> {
  const answer = await page.request.get(`/me/export?user_id=${id}`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status()).toBe(200);
  return answer.json();
}

async function download(page: Page): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const file = await started;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test.use({ viewport: { width: 390, height: 844 } });

/** Goes to a page as a finger does, without loading the app again. */
async function open(page: Page, name: 'For you' | 'You'): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
}

/** Rates the first of the recommendations. @returns its title */
async function rateFirst(page: Page, stars: number): Promise<string> {
  const card = page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem').first();
  const label = await card.getByLabel(/^Your rating of /).getAttribute('aria-label');
  await rate(card, stars);
  return label?.replace('Your rating of ', '') ?? '';
}

test('my data is downloaded whole, kept when I think again, and deleted for good', async ({ page, context }) => {
  await page.goto('/you');
  const sync = page.getByRole('switch', { name: 'Send what I do to this server' });
  await sync.click();
  await open(page, 'For you');
  const sent = page.waitForResponse((response) => response.url().endsWith('/events') && response.ok());
  const title = await rateFirst(page, 5);
  await sent;
  await open(page, 'You');
  await expect(page.getByText('Everything is sent.')).toBeVisible();
  await sync.click();
  const unsent = await openProduct(page, 'kettle');
  await rate(page, 2);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await expect(page.getByRole('button', { name: 'On your watchlist' })).toBeVisible();
  await open(page, 'You');
  const before = await deviceOf(page);

  const { name, text } = await download(page);
  expect(name).toMatch(/^magpie-my-data-\d{4}-\d\d-\d\d\.json$/);
  await expect(page.getByText(`Saved as ${name}.`)).toBeVisible();
  const data = JSON.parse(text);
  expect(data.server.events).toContainEqual(expect.objectContaining({ type: 'rating', value: 5 }));
  expect(data.device.activity).toContainEqual(expect.objectContaining({ type: 'rating', value: 5, title }));
  expect(data.device.outbox).toContainEqual(expect.objectContaining({ title: unsent, state: 'waiting' }));
  expect(data.device.watches).toHaveLength(1);
  expect(text, 'the token is a secret').not.toContain(before.token);

  const deletion = page.getByRole('button', { name: 'Delete my data' });
  const dialog = page.getByRole('dialog', { name: 'Delete your data?' });
  await deletion.click();
  await expect(dialog.getByRole('button', { name: 'Keep my data' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(deletion).toBeFocused();
  expect((await exportOf(page, before)).events).toHaveLength(data.server.events.length);
  expect((await storesOf(page))['activity']).toHaveLength(data.device.activity.length);

  const otherTab = await context.newPage();
  await otherTab.goto('/you');
  await expect(otherTab.getByRole('link', { name: title })).toBeVisible();
  await deletion.click();
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  const receipt = page.getByRole('dialog', { name: 'Your data is deleted' });
  await expect(receipt).toContainText(/[1-9]\d* events?/);
  await receipt.getByRole('button', { name: 'Close' }).click();

  await expect(page.getByText('Nothing yet.')).toBeVisible();
  await expect(otherTab.getByText('Nothing yet.')).toBeVisible();
  const { settings, ...others } = await storesOf(page);
  expect(Object.values(others).flat()).toEqual([]);
  expect(await page.evaluate(() => ({ ...localStorage }))).not.toHaveProperty('magpie-ship-to');
  const after = await deviceOf(page);
  expect(after.id).not.toBe(before.id);
  expect((await exportOf(page, before)).events).toEqual([]);

  const posts: string[] = [];
  context.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await sync.click();
  await expect(page.getByText('Everything is sent.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Everything is sent.')).toBeVisible();
  expect(posts).toEqual([]);
  expect((await exportOf(page, before)).events).toEqual([]);
  expect((await exportOf(page, after)).events).toEqual([]);
});

test('without a network, the file has the device’s part, and nothing is deleted', async ({ page, context }) => {
  await page.goto('/');
  await untilOffline(page);
  await context.setOffline(true);
  const title = await rateFirst(page, 4);
  await open(page, 'You');
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  const data = JSON.parse((await download(page)).text);
  await expect(page.getByText('The server’s part is missing: You are offline.')).toBeVisible();
  expect(data).toMatchObject({ server: null, server_missing_because: 'You are offline.' });
  expect(data.device.activity).toContainEqual(expect.objectContaining({ type: 'rating', value: 4, title }));

  await page.getByRole('button', { name: 'Delete my data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete your data?' });
  await expect(dialog.getByRole('status')).toContainText('needs a connection, so nothing is deleted now');
  await expect(dialog.getByRole('button', { name: 'Delete for good' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Keep my data' }).click();
  await expect(page.getByRole('link', { name: title })).toBeVisible();
});

test('where the server does not delete, the device keeps everything and says why', async ({ page, complaints }) => {
  await page.goto('/you');
  // The identity is made by the time that the page shows.
  await expect(page.getByRole('button', { name: 'Delete my data' })).toBeVisible();
  const before = await storesOf(page);
  const problem = { title: 'The disk is full', status: 503, detail: 'It has no room.', action: 'Ask the operator.' };
  await page.route('**/me?*', (route) => route.fulfill({ status: 503, json: problem }));
  await page.getByRole('button', { name: 'Delete my data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete your data?' });
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(dialog.getByRole('status')).toContainText('The disk is full. It has no room. Ask the operator.');
  expect(await storesOf(page)).toEqual(before);
  // The browser itself reports the 503.
  expect(complaints.splice(0).filter((text) => !text.includes('503'))).toEqual([]);
});

test('a demo shopper cannot be deleted, and the page says so', async ({ page }) => {
  await becomeDemoShopper(page, 31);
  await expect(page.getByText('Demo shopper 31 is public: all who use this server share it')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete my data' })).toHaveCount(0);
});
