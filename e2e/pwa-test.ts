import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** What a browser says when a request fails for want of a network; not a fault of the page. */
const NO_NETWORK = /net::ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION_REFUSED|CONNECTION_RESET)/;
/** Headless Chromium here has no GPU, and says so when it is asked for one. */
const NO_GPU = /No available adapters/;

/** Every page of every test must be without errors in its console: exceptions, missing files, CSP violations. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('weberror', (error) => complaints.push(`exception: ${error.error().message}`));
      context.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && !NO_NETWORK.test(text) && !NO_GPU.test(text)) complaints.push(text);
      });
      await use(complaints);
      expect(complaints, 'the console is without errors').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** WCAG 2.2 A and AA, plus axe's best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

/** The service worker is in charge and has kept the shell. */
export async function untilOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
    }
  });
}

/** Opens the first product of a search, and gives its title. */
export async function openProduct(page: Page, query: string): Promise<string> {
  await page.goto(`/search?q=${encodeURIComponent(query)}`);
  const link = page.getByRole('list', { name: 'Products found' }).getByRole('link').first();
  await link.click();
  const title = page.getByRole('heading', { level: 1 });
  await expect(page).toHaveURL(/\/product\//);
  await expect(title).not.toHaveText(/^“/);
  return (await title.textContent()) ?? '';
}

/** Shops as one of the demo's public shoppers. */
export async function becomeDemoShopper(page: Page, number: number): Promise<void> {
  await page.goto('/you');
  await page.getByLabel(/demo shopper/).fill(String(number));
  await page.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Demo shopper ${number}` })).toBeVisible();
}

/** Presses the star, as a mouse or a finger does; the radio button behind it is invisible. */
export async function rate(within: Page | Locator, stars: number): Promise<void> {
  await within.locator('label', { hasText: `${stars} of 5 stars` }).click();
}
