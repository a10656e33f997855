import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { untilOffline } from './pwa-test.ts';

const built = fileURLToPath(new URL('../dist/client', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built app at an address of its own, without an API: a second version can be put there while it is open. */
async function serveCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-update-'));
  await cp(built, folder, { recursive: true });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === '/' ? '/index.html' : pathname;
    try {
      const content = await readFile(join(folder, file));
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publishNewVersion: () => appendFile(join(folder, 'service-worker.js'), '\n// the next version\n'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

test('a new version asks before it takes over, and does so in every tab at once', async ({ page, context }) => {
  const copy = await serveCopy();
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
  const copy = await serveCopy();
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
