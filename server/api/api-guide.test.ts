import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';
import { listen, stopListening } from '../serve/listen.ts';
import { guideExamples } from '../testing/guide-examples.ts';
import { testApp } from '../testing/test-app.ts';
import { TEST_OPERATOR_TOKEN } from '../testing/test-gate.ts';
import { apiDocument } from './document/document.ts';
import { fingerprint } from './document/fingerprint.ts';

const run = promisify(execFile);
const repository = join(fileURLToPath(new URL('../../docs/api-guide.md', import.meta.url)), '../..');
const client = join(repository, 'shared/api-client');
const tsc = join(repository, 'node_modules/.bin/tsc');

let folder: string;
let world: ComparisonWorld;
let shop: LoopbackShop;
let environment: NodeJS.ProcessEnv;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-guide-'));
  const products = ['Headphones HP-1', 'Aroma Kettle 1.7 l'].map((name) => ({ name, price: '55.00' }));
  shop = await startLoopbackShop({ id: 'elm', products });
  const shipping = { currency: 'EUR', shipping: { amount: '4.90' } };
  world = await openComparisonWorld([declarationOf(shop, shipping)], { redisUrl: null, deadlineMs: 10_000 });
  await world.store.products.upsert(
    ['mug', 'cup', 'bowl'].map((id) => ({
      id,
      title: `A ${id}`,
      brand: null,
      category: 'Clay',
      description: null,
      gtin: null,
      mpn: null,
      image: null,
      listPrice: { minor: 990, currency: 'EUR' },
      source: 'test',
    })),
  );
  const { server, url } = await listen(testApp(world, folder).fetch, { host: '127.0.0.1', port: 0, tls: null });
  close = () => stopListening(server, 1000, () => {});
  environment = { ...process.env, MAGPIE_URL: url, MAGPIE_KEY: TEST_OPERATOR_TOKEN };
  await installClient();
}, 120_000);
afterAll(async () => {
  await close();
  await world.close();
  await shop.close();
  await rm(folder, { recursive: true });
});

/** As another project would: built, packed, and unpacked into its node_modules. */
async function installClient(): Promise<void> {
  const installed = join(folder, 'node_modules/magpie-api-client');
  await mkdir(installed, { recursive: true });
  await run(tsc, ['-p', client]);
  const { stdout } = await run('npm', ['pack', client, '--pack-destination', folder, '--json', '--ignore-scripts'], {
    cwd: folder,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  expect(packed?.files.map(({ path }) => path).sort()).toEqual([
    'dist/address.d.ts',
    'dist/address.js',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/operations.d.ts',
    'dist/operations.js',
    'dist/schema.d.ts',
    'dist/schema.js',
    'package.json',
  ]);
  await run('tar', ['-xzf', join(folder, packed!.filename), '--strip-components=1', '-C', installed]);
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
}

describe('the guide', () => {
  test('makes a key by a command that works', async () => {
    const guide = await readFile(join(repository, 'docs/api-guide.md'), 'utf8');
    const [, parameters = ''] = /^npx magpie (keys create .*)$/m.exec(guide) ?? [];
    const command = `"${process.execPath}" "${join(repository, 'server/cli.ts')}" ${parameters} --json`;
    const { stdout } = await run('bash', ['-euc', command], { env: { ...process.env, MAGPIE_DATA_DIR: folder } });
    expect(JSON.parse(stdout)).toMatchObject({ scopes: ['recommendations:read', 'events:write'] });
  });

  test('has shell examples that run', async () => {
    const examples = await guideExamples('sh');
    expect(examples.length).toBeGreaterThan(3);
    const outputs: string[] = [];
    for (const example of examples) {
      const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', example], { env: environment });
      outputs.push(stdout);
    }
    expect(outputs[0]).toContain('"total":{"amount":"59.90","currency":"EUR"}');
    expect(outputs[1]).toContain('event: completed');
    expect(outputs[2]).toContain('"status":"accepted"');
    expect(outputs[3]).toBe('304\n');
  }, 60_000);

  test('has TypeScript examples that compile in strict mode outside of this repository, and run', async () => {
    const examples = await guideExamples('ts');
    expect(examples.length).toBeGreaterThan(3);
    const names = examples.map((_, n) => `example-${n}.ts`);
    for (const [n, example] of examples.entries()) await writeFile(join(folder, names[n]!), example);
    const options = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      typeRoots: [join(repository, 'node_modules/@types')],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: names }));
    await run(tsc, ['-p', folder]).catch((error: { stdout?: string }) => {
      throw new Error(error.stdout);
    });
    const outputs: string[] = [];
    for (const name of names)
      outputs.push((await run(process.execPath, [join(folder, name)], { env: environment })).stdout);
    expect(outputs[0]).toContain('elm: 59.90');
    expect(outputs[1]).toBe('completed\n');
    expect(outputs[2]).toContain("path: 'user_id'");
    expect(outputs[3]).toContain('A mug');
  }, 120_000);
});

test('the client’s types are of the document as it is', async () => {
  const types = await readFile(join(client, 'src/schema.ts'), 'utf8');
  const document = apiDocument(testApp(world, folder), { publicUrl: null });
  expect(types, 'the types are out of date: npm run api').toContain(`fingerprint ${fingerprint(document)}.`);
});
