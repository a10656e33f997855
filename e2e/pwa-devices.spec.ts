import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, openProduct, rate, test, untilOffline } from './pwa-test.ts';

test.use({ viewport: { width: 390, height: 844 } });

/** Another device: a browser context of its own, with storage of its own. */
async function otherDevice(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  return context.newPage();
}

async function turnSyncOn(page: Page): Promise<void> {
  await page.goto('/you');
  await page.getByRole('switch', { name: 'Send what I do to this server' }).click();
}

/** @returns the code that the device shows */
async function showCode(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Link another device' }).click();
  const dialog = page.getByRole('dialog', { name: 'Link another device' });
  const code = dialog.getByRole('status');
  await expect(code).toHaveText(/^\w{4}-\w{4}$/);
  await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible();
  return (await code.textContent()) ?? '';
}

test('what is rated on the phone is seen on the linked laptop, until that is removed', async ({ page, browser }) => {
  // Two devices, each of which waits for what the other did.
  test.setTimeout(90_000);
  const laptop = await otherDevice(browser);
  await turnSyncOn(laptop);
  const ratedThere = await openProduct(laptop, 'lamp');
  await rate(laptop, 3);

  await turnSyncOn(page);
  const code = await showCode(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Done' }).click();

  const requests: string[] = [];
  laptop.on('request', (request) => requests.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
  await laptop.goto(`/you#link=${code}`);
  const question = laptop.getByRole('dialog', { name: 'Link this device?' });
  await expect(question.getByText('What you did on this device is added to it.')).toBeVisible();
  await expectAccessible(laptop);
  expect(
    requests.filter((request) => request.includes(code)),
    'the code is in no address that is sent',
  ).toEqual([]);
  await question.getByRole('button', { name: 'Link this device' }).click();
  await expect(laptop.getByRole('list', { name: 'Linked devices' }).getByRole('listitem')).toHaveCount(2);

  const title = await openProduct(page, 'kettle');
  await rate(page, 5);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await expect(laptop.getByRole('link', { name: title })).toBeVisible({ timeout: 12_000 });
  await laptop.goto('/watchlist');
  await expect(laptop.getByRole('list', { name: 'Watched products' })).toContainText(title);
  await laptop.goto('/you');
  await page.goto('/you');
  await expect(page.getByRole('link', { name: ratedThere })).toBeVisible({ timeout: 12_000 });

  const devices = page.getByRole('list', { name: 'Linked devices' });
  await expectAccessible(page);
  await devices.getByRole('button', { name: /^Remove / }).click();
  await expect(devices).toBeHidden();
  await expect(laptop.getByText('Another of your devices has removed this one')).toBeVisible();
  await laptop.getByRole('button', { name: 'Begin anew' }).click();
  await expect(laptop.getByText('Nothing yet.')).toBeVisible();
  await laptop.context().close();
});

test('a code that is not right is refused in words, and a recovery code is shown', async ({ page, complaints }) => {
  await turnSyncOn(page);
  await page.getByRole('button', { name: 'I have a code' }).click();
  const question = page.getByRole('dialog', { name: 'Link this device?' });
  await question.getByLabel('Code').fill('0000-0000');
  await question.getByRole('button', { name: 'Link this device' }).click();
  await expect(question.getByRole('status')).toContainText('This code has been used, or is too old.');
  // The browser itself reports the 403.
  expect(complaints.splice(0).filter((text) => !text.includes('403'))).toEqual([]);
  await question.getByRole('button', { name: 'Not now' }).click();

  await page.getByRole('button', { name: 'Recovery code' }).click();
  const recovery = page.getByRole('dialog', { name: 'Recovery code' });
  await expect(recovery.getByRole('status')).toHaveText(/^(\w{4}-){4}\w{4}$/);
  await expect(recovery.getByRole('button', { name: 'Copy' })).toBeVisible();
  await expectAccessible(page);
});

test('without a network the section says what it needs', async ({ page, context }) => {
  await page.goto('/you');
  await untilOffline(page);
  await context.setOffline(true);
  await expect(page.getByText('You are offline: linking needs a connection.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'I have a code' })).toBeDisabled();
});
