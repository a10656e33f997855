import { CHROMIUM_FLAGS, SOFTWARE_GPU_FLAGS } from '../scripts/chromium-flags.ts';
import { becomeDemoShopper, expect, rate, test } from './pwa-test.ts';

/** Chromium's GPU on the processor: slow, but it is WebGPU. Chosen by the very setting that shoppers have. */
test.use({
  launchOptions: {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...CHROMIUM_FLAGS, ...SOFTWARE_GPU_FLAGS],
  },
});

test('the GPU recommends what the processor does; when it is lost, the processor goes on and says so', async ({
  page,
  browser,
}) => {
  test.slow();
  const items = page.getByRole('list', { name: 'Recommendations' }).getByRole('listitem');
  const titles = () => items.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await becomeDemoShopper(page, 41);
  const engine = page.locator('#engine');
  await expect(engine).toContainText('made of software, which is slower than plain JavaScript');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'On this device: 1 thread' })).toBeVisible();
  const onProcessor = await titles();

  await page.goto('/you');
  await page.getByRole('button', { name: 'GPU', exact: true }).click();
  await expect(engine).toContainText(/On this device: GPU \(.*swiftshader.*\)\. You have chosen the GPU/i, {
    timeout: 60_000,
  });
  await page.goto('/');
  await expect(page.getByRole('link', { name: /^On this device: GPU \(.*swiftshader/i })).toBeVisible({
    timeout: 60_000,
  });
  // Single precision may exchange two that score alike.
  expect([...(await titles())].sort()).toEqual([...onProcessor].sort());

  // The GPU's process dies, as it does when a driver resets.
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');
  await items.first().getByRole('link').click();
  await rate(page, 5);
  await page.goBack();
  await expect(page.getByRole('link', { name: 'On this device: 1 thread' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'On this device: 1 thread' }).click();
  await expect(engine).toContainText(/The GPU \(.*swiftshader.*\) failed: .*lost/i);
  await expect(items.first().or(engine)).toBeVisible();
});
