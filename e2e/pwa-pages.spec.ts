import { becomeDemoShopper, expect, expectAccessible, openProduct, rate, test } from './pwa-test.ts';

test.describe('the home page', () => {
  test('tells a new shopper the truth, and how to begin', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Popular with all shoppers');
    await expect(page.getByText('Rate a few things to begin')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem')).toHaveCount(24);
  });

  test('gives a known shopper recommendations with their reasons', async ({ page }) => {
    await becomeDemoShopper(page, 12);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('For demo shopper 12');
    await expect(page.getByText(/^Because you (bought|rated|looked at) “.+”$/).first()).toBeVisible();
  });
});

test.describe('search', () => {
  test('searches as you type, and keeps the search in the address', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('searchbox').fill('headphones');
    await expect(page).toHaveURL(/\/search\?q=headphones$/);
    const found = page.getByRole('list', { name: 'Products found' });
    await expect(found.getByRole('listitem').first()).toContainText(/headphones/i);

    const category = page.getByRole('group', { name: 'Category' }).getByRole('button').first();
    await category.click();
    await expect(page).toHaveURL(/category=/);
    await expect(category).toHaveAttribute('aria-pressed', 'true');

    await page.goBack();
    await expect(page).not.toHaveURL(/category=/);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Popular with all shoppers');
  });

  test('finds nothing politely, and says what to do instead', async ({ page }) => {
    await page.goto('/search?q=zzzyx');
    await expect(page.getByRole('heading', { name: 'Not in this catalogue' })).toBeVisible();
    await page.getByRole('link', { name: /Ask the shops/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prices for “zzzyx”');
  });

  test("a shop's page that another app shares is read, and its product compared in all shops", async ({ page }) => {
    await page.goto('/compare?q=headphones');
    await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
    const shopPage = await page
      .getByRole('link', { name: /To the shop/ })
      .first()
      .getAttribute('href');
    await page.goto(`/share?${new URLSearchParams({ text: `Look at this: ${shopPage}` })}`);
    await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Prices for “.*headphones.*”$/i);
  });

  test('a shared link that cannot be read still gives words to ask for', async ({ page }) => {
    await page.goto('/share?url=https%3A%2F%2Fshop.invalid%2Fp%2Fwireless-headphones.html');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prices for “wireless headphones”');
    await page.getByRole('link', { name: 'Ask for “wireless headphones” instead' }).click();
    await expect(page).toHaveURL(/q=wireless\+headphones/);
  });
});

test.describe('the product page', () => {
  test('fills with offers while the shops answer, marks the best deal and says why', async ({ page }) => {
    await openProduct(page, 'backpack');
    const offers = page.getByRole('list', { name: 'Offers by total price' });
    await expect(offers).toHaveAttribute('aria-busy', 'true');
    await expect(offers).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });

    const rows = offers.locator(':scope > li');
    expect(await rows.count()).toBeGreaterThan(1);
    // What ships at an unknown price says "from", and stands behind the known totals.
    const totals = await rows
      .locator('p')
      .filter({ hasText: /^€[\d,.]+$/ })
      .allTextContents();
    const cents = totals.map((text) => Number(text.replaceAll(/\D/g, '')));
    expect(cents).toEqual([...cents].sort((a, b) => a - b));

    const best = rows.filter({ hasText: 'Best deal' });
    await expect(best).toHaveCount(1);
    await expect(best).toContainText(/Lowest|The only offer/);
    await expect(rows.first()).toContainText(/In stock|Few left|Out of stock|Stock unknown|order|Sold out/);
    await expect(rows.first()).toContainText('Checked');
    await expect(rows.first().getByRole('link', { name: /To the shop .+ \(opens a new tab\)/ })).toHaveAttribute(
      'href',
      /^https?:/,
    );
  });

  test('compares for the country that the shopper names, and remembers it', async ({ page }) => {
    const asked: (string | null)[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/compare_price') asked.push(searchParams.get('ship_to'));
    });
    await openProduct(page, 'kettle');
    const field = page.getByLabel('Ship to');
    await expect(field).toHaveValue('GB'); // as the browser's language, en-GB, says
    await field.selectOption({ label: 'Austria' });
    await expect.poll(() => asked.at(-1)).toBe('AT');
    await page.reload();
    await expect(field).toHaveValue('AT');
    await field.selectOption({ label: 'any country' });
    await page.reload();
    await expect(field).toHaveValue('');
    await expect.poll(() => asked.at(-1)).toBeNull();
  });

  test('shows how the price went, also as a table', async ({ page }) => {
    await openProduct(page, 'headphones');
    const history = page.getByRole('heading', { name: 'Price history' });
    await expect(history).toBeVisible();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect(page.getByRole('img', { name: /Lowest price from .+ until now: between/ })).toBeVisible();
    await page.getByText(/observations as a table/).click();
    await expect(page.getByRole('region', { name: 'Observed prices' }).getByRole('row').nth(1)).toBeVisible();
  });

  test('is rated with the keyboard alone', async ({ page }) => {
    const title = await openProduct(page, 'headphones');
    const stars = page.getByRole('radio', { name: '4 of 5 stars' });
    await page.getByRole('radio', { name: '1 of 5 stars' }).focus();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
    await expect(stars).toBeChecked();
    await page.goto('/you');
    const row = page.getByRole('listitem').filter({ hasText: title });
    await expect(row).toContainText('4 of 5 stars');
  });

  test('goes to the watchlist and off it again', async ({ page }) => {
    const title = await openProduct(page, 'lamp');
    await page.getByRole('button', { name: 'Watch', exact: true }).click();
    await expect(page.getByRole('button', { name: 'On your watchlist' })).toBeVisible();
    await page.goto('/watchlist');
    await expect(page.getByRole('list', { name: 'Watched products' })).toContainText(title);
    await page.getByRole('button', { name: 'On your watchlist' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing on your watchlist yet' })).toBeVisible();
  });

  test('an unknown one is told, with a way on', async ({ page, complaints }) => {
    await page.goto('/product/there-is-no-such-thing');
    await expect(page.getByRole('heading', { name: 'There is no such product' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Search products' })).toBeVisible();
    // The browser itself reports the API's 404.
    expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
  });
});

test('ratings of a new shopper become recommendations of their own, on the device', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('it computes your recommendations from them by itself')).toBeVisible();
  const cards = page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem');
  await rate(cards.first(), 5);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('For you');
  await expect(page.getByText(/^Because you rated “.+”$/).first()).toBeVisible();
});

test('where the device has no model, sync lets the server recommend from ratings', async ({ page, complaints }) => {
  await page.route('**/models/current', (route) =>
    route.fulfill({ status: 404, json: { title: 'None', status: 404 } }),
  );
  await page.goto('/');
  await page.getByRole('button', { name: 'Turn on sync' }).click();
  const cards = page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem');
  await rate(cards.first(), 5);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('For you');
  await expect(page.getByText(/^Because you rated “.+”$/).first()).toBeVisible();
  // The browser itself reports the 404.
  expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
});

for (const [name, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a desktop', { width: 1280, height: 900 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page is accessible on ${name}, ${colorScheme}`, async ({ page, complaints }) => {
      test.slow();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of ['/', '/search?q=lamp', '/search?q=zzzyx', '/watchlist', '/you', '/nothing-here']) {
        await page.goto(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectAccessible(page);
      }
      await openProduct(page, 'headphones');
      await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
      await expectAccessible(page);
      await page.goto('/compare?q=headphones');
      await expect(page.getByText('Best deal')).toBeVisible({ timeout: 30_000 });
      await expectAccessible(page);
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
      expect(fits, 'nothing is wider than the screen').toBe(true);
      expect(complaints).toEqual([]);
    });
  }
}

test('a dark page is dark from its first paint', async ({ page }) => {
  await page.goto('/you');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark');
  // The module that starts the app is held back: what is painted until then comes from the style sheet alone.
  await page.route('**/assets/index-*.js', () => {});
  await page.reload({ waitUntil: 'commit' });
  const background = () =>
    page.evaluate(() => {
      // Right after the navigation is committed, there is no document element yet.
      const root = document.querySelector('html');
      return root && getComputedStyle(root).backgroundColor;
    });
  await expect.poll(background).toBe('rgb(13, 20, 32)');
});
