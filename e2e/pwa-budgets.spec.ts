import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, openProduct, test } from './pwa-test.ts';

const built = fileURLToPath(new URL('../dist/client', import.meta.url));

/** What all scripts of the pages together may weigh before anything else is asked for; workers come when the page has nothing to do. */
const FIRST_ROUTE_BYTES = 200_000;
/** The recommender's worker with its threads, its kernels and its training. */
const RECOMMENDER_BYTES = 60_000;

test('the build carries no WebAssembly', async () => {
  const files = await readdir(built, { recursive: true });
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => file.endsWith('.wasm'))).toEqual([]);
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    expect(await readFile(join(built, file), 'utf8'), file).not.toMatch(/WebAssembly|\.wasm/);
  }
});

test('the recommender on the device weighs at most 60 kB, compressed', async () => {
  const folder = join(built, 'assets/recommender');
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (file) => [file, gzipSync(await readFile(join(folder, file))).length] as const),
  );
  expect(sizes.map(([file]) => file).join()).toMatch(/recommender\.worker.*|lane\.worker.*|webgpu-backend.*/);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(RECOMMENDER_BYTES);
});

for (const path of ['/', '/product'] as const) {
  test(`the first visit to ${path} needs at most 200 kB of script, compressed`, async ({ page, context }) => {
    let address = path as string;
    if (path === '/product') {
      await openProduct(page, 'headphones');
      address = page.url();
    }
    // A visitor of another context: nothing is there yet.
    const visitor = await context.browser()!.newContext();
    const visit = await visitor.newPage();
    const scripts: Promise<readonly [url: string, size: number]>[] = [];
    visit.on('response', (response) => {
      if (response.request().resourceType() !== 'script' || response.url().includes('/assets/recommender/')) return;
      scripts.push(response.body().then((body) => [response.url(), gzipSync(body).length] as const));
    });
    await visit.goto(new URL(address, page.url() === 'about:blank' ? process.env['MAGPIE_E2E_URL'] : page.url()).href);
    await expect(visit.getByRole('heading', { level: 1 })).toBeVisible();
    await visit.waitForLoadState('networkidle');
    const sizes = new Map(await Promise.all(scripts));
    await visitor.close();
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total, JSON.stringify([...sizes], null, 1)).toBeLessThanOrEqual(FIRST_ROUTE_BYTES);
  });
}
