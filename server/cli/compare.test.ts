import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { declarationOf, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The command as a person runs it, until it ends by itself. */
async function compare(
  words: string,
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['server/cli.ts', 'compare', words], { env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: Number(code), stdout, stderr };
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-compare-'));
  open.push(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'shops'));
  return folder;
}

test('a price that has jumped is marked, with what that means', async () => {
  const shop = await startLoopbackShop({ id: 'elm', products: [{ name: 'Aroma Kettle', price: '40.00' }] });
  open.push(() => shop.close());
  const dataDir = await dataFolder();
  await writeFile(join(dataDir, 'shops/elm.json'), JSON.stringify(declarationOf(shop, { pace: { min_delay_ms: 0 } })));
  const env = { MAGPIE_DATA_DIR: dataDir, MAGPIE_ALLOWED_ORIGINS: shop.origin };

  const first = await compare('kettle', env);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\* +from 40\.00 .* Aroma Kettle$/m) });
  shop.products = [{ name: 'Aroma Kettle', price: '4.00' }];
  const { stdout } = await compare('kettle', env);
  expect(stdout).toMatch(/^\? +from 4\.00 .* Aroma Kettle$/m);
  expect(stdout).toContain('? Not read surely, or far off what it cost before: no deal until a second look');
}, 60_000);

test('a shop cannot make the terminal obey it', async () => {
  const name = 'Kettle \u001B[2J\u001B]0;owned\u0007\u202E of steel';
  const shop = await startLoopbackShop({ id: 'hostile', products: [{ name, price: '40.00' }] });
  open.push(() => shop.close());
  const dataDir = await dataFolder();
  const declaration = declarationOf(shop, { name: 'Shop \u009B31m', pace: { min_delay_ms: 0 } });
  await writeFile(join(dataDir, 'shops/hostile.json'), JSON.stringify(declaration));
  const { stdout, stderr } = await compare('kettle', {
    MAGPIE_DATA_DIR: dataDir,
    MAGPIE_ALLOWED_ORIGINS: shop.origin,
  });
  expect(stdout).toContain('Kettle  of steel');
  expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
}, 60_000);

test.each(['', '...', '🎧'])('"%s" names nothing, which is said before any shop is asked', async (words) => {
  const { code, stderr } = await compare(words, { MAGPIE_DATA_DIR: await dataFolder() });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `magpie: "${words}" has no letter and no digit: no shop can be asked for it\n`,
  });
});
