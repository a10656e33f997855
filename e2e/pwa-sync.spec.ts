import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { identityOf, rowsOf } from './device-database.ts';
import { startBrowser } from './killable-browser.ts';
import { expect, expectAccessible, openProduct, rate, test, untilOffline } from './pwa-test.ts';

const syncSwitch = (page: Page) => page.getByRole('switch', { name: 'Send what I do to this server' });

/** Rates the product on the screen so many times in a second or two, each with other stars than are shown by then. */
async function rateOften(page: Page, times: number): Promise<void> {
  const stars = page.getByRole('radio', { name: /of 5 stars$/ });
  await stars.evaluateAll(async (radios, nClicks) => {
    for (let n = 0; n < nClicks; n += 1) {
      const radio = radios[n % radios.length] as HTMLInputElement;
      radio.click();
      // On a busy machine the page is behind: a click on the stars that it still shows would change nothing.
      do await new Promise((resolve) => setTimeout(resolve, 20));
      while (!radio.checked);
    }
  }, times);
}

test('50 changes in two tabs without a network outlive the browser that is killed, and all arrive once', async ({
  baseURL,
}) => {
  test.setTimeout(90_000);
  const url = baseURL ?? '';
  const profile = await mkdtemp(join(tmpdir(), 'magpie-profile-'));
  const first = await startBrowser(profile);
  const page = await first.context.newPage();
  await page.goto(`${url}/you`);
  await untilOffline(page);
  await syncSwitch(page).click();
  const other = await first.context.newPage();
  for (const [tab, query] of [
    [page, 'lamp'],
    [other, 'kettle'],
  ] as const) {
    await tab.goto(`${url}/search?q=${query}`);
    await tab.getByRole('list', { name: 'Products found' }).getByRole('link').first().click();
    await expect(tab.getByRole('button', { name: 'Watch', exact: true })).toBeVisible();
  }
  const { id: userId, token } = await identityOf(page);

  await first.context.setOffline(true);
  await Promise.all([rateOften(page, 24), rateOften(other, 24)]);
  for (const tab of [page, other]) await tab.getByRole('button', { name: 'Watch', exact: true }).click();
  const unsent = async () => (await rowsOf(page, 'outbox')) as { id: string; event?: { type: string } }[];
  await expect.poll(async () => (await unsent()).filter(({ event }) => event?.type !== 'view').length).toBe(50);
  const made = (await unsent()).map(({ id }) => id);
  await first.kill();

  const second = await startBrowser(profile);
  const again = await second.context.newPage();
  await again.goto(`${url}/you`);
  await expect(again.getByText('Everything is sent.')).toBeVisible();
  const answer = await fetch(`${url}/changes?user_id=${userId}`, { headers: { authorization: `Bearer ${token}` } });
  const { events, watches } = (await answer.json()) as { events: { id: string }[]; watches: { id: string }[] };
  const arrived = [...events, ...watches].map(({ id }) => id);
  expect(made.filter((id) => !arrived.includes(id))).toEqual([]);
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(watches).toHaveLength(2);
  await second.kill();
  await rm(profile, { recursive: true });
});

test('turning sync on asks once what becomes of what was kept; what stays can be sent later', async ({ page }) => {
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname));
  const title = await openProduct(page, 'lamp');
  await rate(page, 4);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.goto('/you');
  await syncSwitch(page).click();
  const question = page.getByRole('dialog', { name: 'Also send what this device kept?' });
  await expect(question.getByText(/1 rating.* and 1 change to your watchlist/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(syncSwitch(page)).not.toBeChecked();

  await syncSwitch(page).click();
  await question.getByRole('button', { name: 'Keep it here' }).click();
  await expect(syncSwitch(page)).toBeChecked();
  await expect(page.getByText(/kept on this device only/)).toBeVisible();
  expect(posts).toEqual([]);

  await page.getByRole('button', { name: 'Send what was kept' }).click();
  await question.getByRole('button', { name: 'Send it too' }).click();
  await expect(page.getByText('Everything is sent.')).toBeVisible();
  expect(posts).toEqual(['/events', '/watches/changes']);
  await page.goto('/watchlist');
  await expect(page.getByRole('list', { name: 'Watched products' })).toContainText(title);
});
