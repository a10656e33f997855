import type { BrowserContext } from '@playwright/test';
import { expect, test } from './pwa-test.ts';
import { idsInOutbox, makeReleasedDatabase } from './released-database.ts';

/** Ids of the events in each request that the server has answered. */
function idsSent(context: BrowserContext): string[] {
  const sent: string[] = [];
  context.on('requestfinished', (request) => {
    const body = request.method() === 'POST' && request.url().endsWith('/events') ? request.postData() : null;
    if (body !== null) sent.push(...JSON.parse(body).events.map(({ id }: { id: string }) => id));
  });
  return sent;
}

test('the database of 0.1.0 opens with what it holds, and its outbox is sent once', async ({ page, context }) => {
  const { items } = await (await page.request.get('/products?query=lamp&limit=3')).json();
  const entries = await makeReleasedDatabase(page, '', { items, sync: true });
  const [rejected, ...waiting] = entries.toReversed().map(({ id }) => id);
  const sent = idsSent(context);
  const answered = page.waitForResponse((response) => response.url().endsWith('/events') && response.ok());

  await page.goto('/you');
  const { receipts } = await (await answered).json();
  expect(receipts.map(({ status }: { status: string }) => status)).toEqual(waiting.map(() => 'accepted'));
  await expect(page.getByText('value: too big')).toBeVisible();
  await expect.poll(() => idsInOutbox(page)).toEqual([rejected]);
  await page.goto('/watchlist');
  await expect(page.getByRole('link', { name: items[0].title })).toBeVisible();
  // Nothing of it is sent again; looking at pages adds nothing.
  expect(sent.toSorted()).toEqual(waiting.toSorted());
});

test('of the outbox of 0.1.0, what was private stays on the device', async ({ page, context }) => {
  const { items } = await (await page.request.get('/products?query=lamp&limit=3')).json();
  const entries = await makeReleasedDatabase(page, '', { items, sync: false });
  const isPublic = ({ event }: (typeof entries)[number]) => event.user_id === '31';
  const sent = idsSent(context);
  await page.goto('/you');
  const kept = entries.filter((entry) => !isPublic(entry)).map(({ id }) => id);
  await expect.poll(async () => (await idsInOutbox(page)).toSorted()).toEqual(kept.toSorted());
  const left = entries.filter(isPublic).map(({ id }) => id);
  expect(sent.toSorted()).toEqual(left.toSorted());
});
