import type { Page } from '@playwright/test';
import { becomeDemoShopper, expect, expectAccessible, openProduct, rate, test, untilOffline } from './pwa-test.ts';

const recommendations = (page: Page) => page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem');
const engine = (page: Page) => page.locator('#engine');

/** The model is there, and kept. */
async function untilModelIsKept(page: Page): Promise<void> {
  await page.goto('/you');
  await expect(engine(page)).toContainText('It is kept on this device, also without a network.');
}

test.describe('recommendations on the device', () => {
  test('follow from what is rated without a network, say so, and are still there after a reload', async ({
    page,
    context,
  }) => {
    await page.goto('/');
    await untilOffline(page);
    await expect(page.getByText('it computes your recommendations from them by itself')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/recommendations') && asked.push(request.url()));

    const rated = await recommendations(page).first().locator('span').filter({ hasText: /\w/ }).first().textContent();
    await rate(recommendations(page).first(), 5);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('For you');
    await expect(page.getByText(`Because you rated “${rated}”`).first()).toBeVisible();
    await expect(page.getByText('as sync is off')).toBeVisible();
    await expect(page.getByRole('link', { name: /^On this device: / })).toBeVisible();
    const first = await recommendations(page).first().textContent();

    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('For you');
    await expect(recommendations(page).first()).toHaveText(first ?? '');
    expect(asked, 'the server is not asked for what this device computes').toEqual([]);

    // Another rating changes them: what is rated is recommended no more.
    await recommendations(page).first().getByRole('link').click();
    await rate(page, 5);
    await expect(page.getByRole('radio', { name: '5 of 5 stars' })).toBeChecked();
    await page.goto('/');
    await expect(recommendations(page).first()).toBeVisible();
    await expect(page.getByRole('list', { name: 'Recommendations' })).not.toContainText(first?.split('€')[0] ?? '');
  });

  test('are those that the server would give for the same events', async ({ page, request }) => {
    await becomeDemoShopper(page, 31);
    await untilModelIsKept(page);
    await page.goto('/');
    await expect(page.getByRole('link', { name: /^On this device: / })).toBeVisible();
    const shown = await recommendations(page)
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const answer = await (await request.get('/recommendations?user_id=31&limit=24')).json();
    expect(shown).toEqual(
      answer.items.map(({ item_id }: { item_id: string }) => `/product/${encodeURIComponent(item_id)}`),
    );
  });

  test('tell on a product’s page what of the shopper’s own speaks for it, and what is like it', async ({ page }) => {
    await becomeDemoShopper(page, 32);
    await untilModelIsKept(page);
    await page.goto('/');
    await recommendations(page).first().getByRole('link').click();
    await expect(page.getByText(/^May suit you: because you (bought|rated|looked at) “.+”$/)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Similar products' })).toBeVisible();
  });

  test('come from a newer model as soon as the server has one', async ({ page }) => {
    await untilModelIsKept(page);
    await page.route('**/models/current', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), version: 'a-newer-one' } });
    });
    await page.reload();
    await expect(engine(page)).toContainText('Trained by the server (a-newer-one)');
  });

  test('need no room on the device: a full disk is told, and costs only the offline copy', async ({
    page,
    context,
  }) => {
    const devtools = await context.newCDPSession(page);
    await page.goto('/search');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 100_000 });
    await page.goto('/you');
    await expect(engine(page)).toContainText('The browser gives Magpie no room on this device');
  });

  test('stay the server’s where it has no model for devices', async ({ page, complaints }) => {
    await page.route('**/models/current', (route) =>
      route.fulfill({ status: 404, json: { title: 'No model', status: 404 } }),
    );
    await becomeDemoShopper(page, 33);
    await expect(engine(page)).toContainText('This device does not: This server has no model for devices.');
    await page.goto('/');
    await expect(page.getByText(/^Because you/).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'On the server' })).toBeVisible();
    // The browser itself reports the API's 404.
    expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
  });
});

test.describe('training on the device', () => {
  test('shows its progress, is used for the recommendations, and can be undone', async ({ page }) => {
    test.slow();
    await becomeDemoShopper(page, 34);
    await untilModelIsKept(page);
    await page.getByRole('button', { name: 'Train now' }).click();
    await expect(page.getByRole('img', { name: /^Loss: from .+ at iteration 2 to .+ now\.$/ })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText('Done: your recommendations now come from this model.')).toBeVisible({
      timeout: 60_000,
    });
    await expect(engine(page)).toContainText(
      /Trained on this device .+ with threads \(\d+\), in .+ interactions of 3,001 shoppers/,
    );
    await expectAccessible(page);
    await page.goto('/');
    await expect(page.getByText(/^Because you/).first()).toBeVisible();
    await expect(page.getByRole('link', { name: /^On this device: / })).toBeVisible();

    await page.goto('/you');
    await expect(engine(page)).toContainText('Trained on this device');
    await page.getByRole('button', { name: 'Back to the server’s model' }).click();
    await expect(engine(page)).toContainText('Trained by the server');
  });

  test('stops when it is told to, and uses what it has learned so far', async ({ page }) => {
    test.slow();
    await untilModelIsKept(page);
    const stopped = Promise.withResolvers<void>();
    await page.context().route('**/models/*/interactions', async (route) => {
      await stopped.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Train now' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByText('Stopping after this iteration …')).toBeVisible();
    stopped.resolve();
    await expect(engine(page)).toContainText(/Trained on this device .+ and [234] iterations/, { timeout: 60_000 });
  });

  test('that cannot begin says why, and leaves the recommendations as they were', async ({ page }) => {
    await untilModelIsKept(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Train now' }).click();
    await expect(page.getByText(/The training ended without a model: .+ come from the model before/)).toBeVisible();
    await expect(engine(page)).toContainText('Trained by the server');
  });
});

test('what is chosen to compute with is kept, and a GPU that is not there is told', async ({ page }) => {
  await untilModelIsKept(page);
  await page.getByRole('button', { name: 'GPU', exact: true }).click();
  await expect(engine(page)).toContainText('You have chosen the GPU. No GPU: ');
  await page.reload();
  await expect(page.getByRole('button', { name: 'GPU', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(engine(page)).toContainText('You have chosen the GPU. No GPU: ');
  await page.getByRole('button', { name: 'Threads', exact: true }).click();
  await expect(engine(page)).toContainText('You have chosen threads.');
});

test('a product that was looked at keeps its headline price without a network', async ({ page, context }) => {
  await page.goto('/');
  await untilOffline(page);
  await openProduct(page, 'headphones');
  const headline = page.getByText(/^at .+ · (all \d+ offers|the only offer)/);
  await expect(headline).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.reload();
  await expect(headline).toContainText(/seen (just now|\d+ \w+ ago)/);
});
