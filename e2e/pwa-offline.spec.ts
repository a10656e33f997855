import { becomeDemoShopper, expect, openProduct, rate, test, untilOffline } from './pwa-test.ts';

test('is cross-origin isolated, online and from the service worker', async ({ page, context }) => {
  await page.goto('/');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await untilOffline(page);
  await context.setOffline(true);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the first visit is enough: without a network it reloads and shows what it had, and how old that is', async ({
  page,
  context,
}) => {
  await page.goto('/');
  const firstCard = page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem').first();
  const text = await firstCard.textContent();
  await expect(page.getByText('Ready to work offline')).toBeVisible();
  await untilOffline(page);
  await page.waitForLoadState('networkidle');

  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('You are offline.')).toBeVisible();
  await expect(page.getByText(/^Last updated/)).toBeVisible();
  expect(await firstCard.textContent()).toBe(text);
  const picture = firstCard.locator('img');
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
  await expect(page.getByText(/^Last updated/)).toBeHidden();
});

test('a product that was looked at keeps its offers without a network; another one says what is missing', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await untilOffline(page);
  await openProduct(page, 'headphones');
  await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
  const total = await page.locator('li', { hasText: 'Best deal' }).getByText(/^€/).first().textContent();

  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('li', { hasText: 'Best deal' })).toContainText(total ?? '€');
  await expect(page.getByText(/^Last updated/).first()).toBeVisible();

  await page.goto('/product/never-looked-at');
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  await expect(page.getByText('It loads by itself as soon as there is a network.')).toBeVisible();
});

test('what is done without a network is kept, shown as waiting, and sent when it returns', async ({
  page,
  context,
}) => {
  await becomeDemoShopper(page, 21);
  await untilOffline(page);
  const title = await openProduct(page, 'lamp');
  await context.setOffline(true);
  await rate(page, 5);
  await page.getByRole('button', { name: 'I bought this' }).click();
  await expect(page.getByRole('button', { name: /^Bought/ })).toBeVisible();

  await page.goto('/you');
  await expect(page.getByText(/\d things you did or looked at wait to be sent/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: title }).first()).toBeVisible();

  const delivered = page.waitForResponse((response) => response.url().endsWith('/events') && response.ok());
  await context.setOffline(false);
  const { receipts } = await (await delivered).json();
  expect(receipts.length).toBeGreaterThanOrEqual(2);
  for (const receipt of receipts) expect(receipt.status).toBe('accepted');
  await expect(page.getByText('Everything is sent.')).toBeVisible();
});

test('an answer that gets lost loses no event: it is sent again, and the server knows it already', async ({
  page,
  context,
}) => {
  await becomeDemoShopper(page, 22);
  await openProduct(page, 'lamp');
  // The server takes the batch; its answer never arrives.
  const taken = Promise.withResolvers<void>();
  await context.route('**/events', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await route.fetch();
    taken.resolve();
    // A later attempt may be cut off by the page that goes away, which loses its answer as well.
    await route.abort('connectionreset').catch(() => {});
  });
  await page.getByRole('button', { name: 'I bought this' }).click();
  await taken.promise;
  await page.goto('/you');
  await expect(page.getByText(/you did or looked at waits? to be sent/)).toBeVisible();

  await context.unroute('**/events');
  const second = page.waitForResponse((response) => response.url().endsWith('/events') && response.ok());
  await page.reload();
  const { receipts } = await (await second).json();
  expect(receipts.map((receipt: { status: string }) => receipt.status)).toContain('duplicate');
  await expect(page.getByText('Everything is sent.')).toBeVisible();
});

test('an event that the server rejects stays, with its reason, until it is let go', async ({ page }) => {
  await page.goto('/');
  const title = await openProduct(page, 'lamp');
  await page.getByRole('button', { name: 'I bought this' }).click();
  await expect(page.getByRole('button', { name: /^Bought/ })).toBeVisible();
  // A wrong date on the device's clock is the likeliest event that no server can take.
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('magpie');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const store = db.transaction('outbox', 'readwrite').objectStore('outbox');
    await new Promise((resolve) => {
      store.openCursor().onsuccess = ({ target }) => {
        const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
        if (cursor === null) return resolve(null);
        cursor.update({ ...cursor.value, event: { ...cursor.value.event, occurred_at: 'yesterday' } });
        cursor.continue();
      };
    });
    db.close();
  });
  await page.goto('/you');
  await page.getByRole('switch', { name: 'Send what I do to this server' }).click();
  await page.getByRole('button', { name: 'Send it too' }).click();
  const rejected = page.getByRole('listitem').filter({ hasText: 'occurred_at' });
  await expect(rejected.first()).toContainText(title);
  await rejected
    .first()
    .getByRole('button', { name: /^Remove/ })
    .click();
});

test('with sync off, nothing that a shopper does leaves the device', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await openProduct(page, 'lamp');
  await rate(page, 5);
  await expect(page.getByText('Saved on this device.')).toBeVisible();
  await page.goto('/you');
  await expect(page.getByText(/kept on this device only/)).toBeVisible();
  expect(sent).toEqual([]);

  await page.getByRole('switch', { name: 'Send what I do to this server' }).click();
  await page.getByRole('button', { name: 'Send it too' }).click();
  await expect(page.getByText('Everything is sent.')).toBeVisible();
  expect(sent).toHaveLength(1);
});

test('two tabs send one outbox once', async ({ page, context }) => {
  const posted: string[] = [];
  // Only what the server answered: an attempt that the missing network ends is rightly made again.
  context.on('requestfinished', (request) => {
    const body = request.method() === 'POST' ? request.postData() : null;
    if (body !== null) posted.push(...JSON.parse(body).events.map(({ id }: { id: string }) => id));
  });
  await becomeDemoShopper(page, 23);
  await openProduct(page, 'lamp');
  const other = await context.newPage();
  await other.goto('/you');
  await untilOffline(other);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'I bought this' }).click();
  await expect(other.getByText(/wait/)).toBeVisible();
  await context.setOffline(false);
  await expect(other.getByText('Everything is sent.')).toBeVisible();
  await expect.poll(() => posted.length).toBeGreaterThan(0);
  expect(new Set(posted).size).toBe(posted.length);
});
