import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { openStore, storeOn } from '../store/open-store.ts';
import type { EventOutcome, EventRecord, Store } from '../store/store.ts';
import type { StoreTables } from '../store/tables.ts';
import { startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { testApp } from '../testing/test-app.ts';
import { recordingLog } from '../testing/test-log.ts';
import { StoreUnavailableError } from '../unavailable-error.ts';
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { startCutProxy } from './testing/cut-proxy.ts';

/** A read and then a write, each of which may take some five seconds while the server hangs, on a busy machine. */
const BOUND_MS = 15_000;

let folder: string;
let postgres: TestPostgres;
let database: Database<StoreTables>;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-postgres-'));
  postgres = await startPostgres();
  database = await openPostgres<StoreTables>(postgres.url);
  store = await storeOn(database, folder);
});
afterAll(async () => {
  await store?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

function event(id: string): EventRecord {
  const fields = { type: 'purchase' as const, value: 1, occurredAt: new Date(0), source: 'test' };
  return { id, userId: `user of ${id}`, itemId: 'item', ...fields };
}

/** Hands events over and reads, one after the other, until it is stopped. */
function traffic(name: string) {
  const answers: EventOutcome[] = [];
  const errors: unknown[] = [];
  let longestMs = 0;
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const begunAt = performance.now();
      try {
        await store.events.count();
        const [answer] = await store.events.append([event(`${name} ${answers.length}`)]);
        answers.push(answer!);
      } catch (error) {
        errors.push(error);
      }
      longestMs = Math.max(longestMs, performance.now() - begunAt);
      await delay(2);
    }
  })();
  return async () => {
    isOver = true;
    await running;
    return { answers, errors, longestMs };
  };
}

async function eventsOf(name: string): Promise<number> {
  const rows = await database.read.selectFrom('events').select('id').where('id', 'like', `${name} %`).execute();
  return rows.length;
}

test('a restart under events, reads and a query in flight costs a wait, no error and no event', async () => {
  const stops = ['a', 'b', 'c'].map(traffic);
  const inFlight = sql<{ slept: string }>`select pg_sleep(1.5), 'yes' as slept`.execute(database.read);
  await delay(200);
  for (let n = 0; n < 2; n += 1) {
    const start = await postgres.pause();
    await start();
    await delay(200);
  }
  expect((await inFlight).rows).toEqual([expect.objectContaining({ slept: 'yes' })]);
  for (const [index, stop] of stops.entries()) {
    const { answers, errors } = await stop();
    expect(errors).toEqual([]);
    expect(answers.length).toBeGreaterThan(0);
    expect(await eventsOf('abc'[index]!)).toBe(answers.length);
  }
}, 60_000);

test('a server that hangs is waited for, then said to be away; when it goes on, so does everything', async () => {
  const world = await openComparisonWorld([], { redisUrl: null });
  const app = testApp({ ...world, store, parts: { ...world.parts, store } }, folder);
  const request = (path: string) => app.request(path, { headers: { host: 'localhost' } });
  const stop = traffic('frozen');
  await delay(100);
  const thaw = postgres.freeze();
  const reading = expect(store.events.count()).rejects.toThrow(StoreUnavailableError);
  const answer = await request('/products');
  await reading;
  thaw();
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ title: 'The database does not answer', action: 'Send it again in 5 s.' });

  await expect.poll(() => store.events.append([event('after')]).catch(() => null)).toEqual(['accepted']);
  expect((await request('/products')).status).toBe(200);
  const { answers, errors, longestMs } = await stop();
  for (const error of errors) expect(error).toBeInstanceOf(StoreUnavailableError);
  expect(longestMs).toBeLessThan(BOUND_MS);
  // Each that was answered is there, and what was not may be.
  expect(await eventsOf('frozen')).toBeGreaterThanOrEqual(answers.length);
  const counted = await sql<{ n: number }>`select count(*) as n from events`.execute(database.read);
  expect((await store.events.count()).events).toBe(counted.rows[0]?.n);
  await world.close();
}, 60_000);

test('a slow query of a server that answers others is not given up', async () => {
  const { rows } = await sql<{ slept: string }>`select pg_sleep(2.5), 'yes' as slept`.execute(database.read);
  expect(rows[0]?.slept).toBe('yes');
});

test('where the answer to COMMIT is lost, events are handed over again, and what must not be done twice is not', async () => {
  const proxy = await startCutProxy(postgres.url);
  const cut = await openPostgres<StoreTables>(proxy.url);
  const cutStore = await storeOn(cut, folder);
  proxy.cutAtNextCommit();
  expect(await cutStore.events.append([event('cut 1'), event('cut 2')])).toEqual(['duplicate', 'duplicate']);
  expect(await eventsOf('cut')).toBe(2);
  expect(await cutStore.events.ofUser('user of cut 1')).toHaveLength(1);

  proxy.cutAtNextCommit();
  const model = { version: 'm', file: 'm.safetensors', createdAt: new Date(), parameters: {} };
  await expect(cutStore.models.add(model)).rejects.toMatchObject({ name: 'StoreUnavailableError', mayBeKept: true });
  expect(await store.models.list()).toHaveLength(1);
  await cutStore.close();
  await proxy.close();
});

test('a process that starts before its Postgres waits for it and says so; a wrong password is told at once', async () => {
  const { log, lines } = recordingLog('warn');
  const start = await postgres.pause();
  const opening = openStore({ dataDir: folder, databaseUrl: postgres.url, start: { log, waitMs: 20_000 } });
  await delay(700);
  await start();
  const opened = await opening;
  await opened.events.count();
  await opened.close();
  const { host } = new URL(postgres.url);
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringMatching(
      `^Postgres at ${host}/postgres \\(DATABASE_URL\\) does not answer yet: .*; waiting up to 20 s$`,
    ),
  ]);

  const wrong = new URL(postgres.url);
  wrong.password = 'wrong';
  const refused = openStore({ dataDir: folder, databaseUrl: wrong.href, start: { log, waitMs: 20_000 } });
  await expect(refused).rejects.toThrow(/cannot be used: password authentication failed/);
}, 60_000);
