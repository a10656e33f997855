/**
 * Makes the fixtures in server/testing/fixtures/<release>/ with the release itself: its real server and commands fill a data
 * folder, on SQLite and on Postgres, and what its API then answers is written down beside them.
 *
 *     git worktree add ../release 89acb69 && (cd ../release && npm ci)
 *     node scripts/make-upgrade-fixtures.ts ../release 0.1.0
 *
 * Tokens, keys and people are made up here and are used for nothing else.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { onPostgres, rowsOfTables } from '../server/backup/postgres-tables.ts';
import { findTool } from '../server/backup/postgres-tools.ts';
import { rowsOf } from '../server/backup/sqlite-store.ts';
import { declarationOf, startLoopbackShop } from '../server/comparison/testing/loopback-shop.ts';
import { startPostgres } from '../server/testing/start-postgres.ts';

const PRODUCTS = [
  'Copper kettle',
  'Glass teapot',
  'Tea cup',
  'Milk jug',
  'Sugar bowl',
  'Toaster',
  'Bread knife',
  'Egg timer',
];
const N_SHOPPERS = 24;
const DEVICES = ['ada', 'bob'].map((name) => {
  const token = createHash('sha256').update(`a fixture of the tests: ${name}`).digest('hex');
  return { token, userId: `d-${createHash('sha256').update(token).digest('hex').slice(0, 32)}` };
});

const [checkout, release] = process.argv.slice(2);
if (checkout === undefined || release === undefined)
  throw new Error('usage: make-upgrade-fixtures.ts CHECKOUT RELEASE');
const target = fileURLToPath(new URL(`../server/testing/fixtures/${release}`, import.meta.url));
await mkdir(target, { recursive: true });
await writeFile(join(target, 'client-shapes.json'), `${JSON.stringify(await clientShapes(), null, 2)}\n`);
const shop = await startLoopbackShop({
  id: 'kettles',
  products: PRODUCTS.map((name, n) => ({ name, price: `${19 + n}.90` })),
});
const postgres = await startPostgres();
try {
  await makeFixture('sqlite', '');
  await makeFixture('postgres', postgres.url);
} finally {
  await shop.close();
  await postgres.stop();
}

/** The outermost fields that the release's app checks in each answer, by the name of the check. */
async function clientShapes(): Promise<Record<string, unknown>> {
  const shapes: Record<string, { fields: unknown }> = await import(resolve(checkout ?? '', 'client/api/shapes.ts'));
  return Object.fromEntries(Object.entries(shapes).map(([name, { fields }]) => [name, fields]));
}

async function makeFixture(name: string, databaseUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-fixture-'));
  const dataDir = join(folder, 'data');
  const cwd = resolve(checkout ?? '');
  const env = {
    ...{ PATH: process.env['PATH'], MAGPIE_DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: '0' },
    ...{ MAGPIE_ALLOWED_ORIGINS: shop.origin, MAGPIE_RATES_URL: 'none' },
  };
  const magpie = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, ['server/cli.ts', ...args], { cwd, env })).stdout;

  await mkdir(join(dataDir, 'shops'), { recursive: true });
  await writeFile(join(dataDir, 'shops', 'kettles.json'), JSON.stringify(declarationOf(shop)));
  await writeFile(
    join(folder, 'products.csv'),
    csv(['id,title,price', ...PRODUCTS.map((title, n) => `p${n},${title},${20 + n}.00 EUR`)]),
  );
  await magpie('import', 'products', join(folder, 'products.csv'));
  const ratings = Array.from({ length: N_SHOPPERS * 5 }, (_, i) => {
    const [user, item] = [i % N_SHOPPERS, (i * 7 + (i % 3)) % PRODUCTS.length];
    return `u${user},p${item},${1 + ((user + item) % 5)},${1_700_000_000 + i * 3600}`;
  });
  await writeFile(join(folder, 'ratings.csv'), csv(['user_id,item_id,rating,timestamp', ...ratings]));
  await magpie('import', 'events', 'csv', join(folder, 'ratings.csv'));
  await magpie('train', '--feedback', 'explicit', '--factors', '4', '--iterations', '3', '--threads', '1');

  const { url, stop } = await serve(cwd, env);
  const call = async (path: string, token: string | null, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  for (const [d, { token, userId }] of DEVICES.entries()) {
    const events = Array.from({ length: 30 }, (_, n) => ({
      id: `00000000-0000-7000-8000-${String(d * 1000 + n).padStart(12, '0')}`,
      ...{ user_id: userId, item_id: `p${(n + d) % PRODUCTS.length}` },
      ...(n % 2 === 0 ? { type: 'view', value: 1 } : { type: 'rating', value: 1 + (n % 5) }),
      occurred_at: new Date(Date.UTC(2026, 10, 20, 12, n)).toISOString(),
    }));
    await call('/events', token, { events });
    await call('/watches', token, { user_id: userId, product_id: `p${d}`, target_amount: '15.00' });
    await call('/watches', token, { user_id: userId, query: 'teapot' });
  }
  for (const title of PRODUCTS.slice(0, 3)) await call(`/compare_price?product=${encodeURIComponent(title)}`, null);
  const paths = DEVICES.flatMap(({ token, userId }) =>
    ['/events?', '/watches?', '/recommendations?limit=4&'].map((path) => ({ path: `${path}user_id=${userId}`, token })),
  );
  paths.push(...['/products?query=tea', '/products/p0', '/products/p1'].map((path) => ({ path, token: '' })));
  const answers: unknown[] = [];
  for (const { path, token } of paths)
    answers.push({ path, token, answer: await call(path, token === '' ? null : token) });
  await stop();
  const key: unknown = JSON.parse(await magpie('keys', 'create', '--name', 'fixture', '--scope', 'admin', '--json'));

  let rows: Record<string, number>;
  if (databaseUrl === '') {
    for (const file of ['magpie.db', 'jobs.db']) checkpoint(join(dataDir, file));
    rows = rowsOf(join(dataDir, 'magpie.db'));
  } else {
    rows = await onPostgres(databaseUrl, rowsOfTables);
    await writeFile(join(target, 'postgres.sql.gz'), gzipSync(dump(databaseUrl), { level: 9 }));
  }
  await writeFile(join(target, `${name}.json`), `${JSON.stringify({ rows, key, answers }, null, 2)}\n`);
  const kept = (await readdir(dataDir)).filter((file) => !/^server\.|\.db-(?:wal|shm)$/.test(file));
  execFileSync('tar', ['-czf', join(target, `${name}.tar.gz`), '-C', dataDir, '--owner=0', '--group=0', ...kept]);
  await rm(folder, { recursive: true });
}

function csv(lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

/** As SQL that any client sends and any Postgres since 14 takes: `psql` has commands and newer ones have settings of their own. */
function dump(databaseUrl: string): string {
  const { username, password, hostname, port, pathname } = new URL(databaseUrl);
  const where = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)];
  const form = ['--no-owner', '--rows-per-insert=100'];
  const sql = execFileSync(findTool('pg_dump'), [...form, ...where], {
    env: { ...process.env, PGPASSWORD: password },
  }).toString();
  return sql.replaceAll(/^(?:\\|SET transaction_timeout|--).*\n/gm, '');
}

/** All of a database into its one file. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

async function serve(cwd: string, env: NodeJS.ProcessEnv): Promise<{ url: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, ['server/cli.ts', 'serve', '--no-demo', '--json'], {
    ...{ cwd, env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { promise, resolve: found } = Promise.withResolvers<string>();
  createInterface(server.stdout).on('line', (line) => {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) found(url);
  });
  const url = await promise;
  return {
    url,
    async stop() {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      server.once('exit', () => end());
      server.kill('SIGTERM');
      await ended;
    },
  };
}
