import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventReceiptsSchema } from '../../shared/api/events.ts';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { EVENT_FORMATS } from '../import/formats.ts';
import { importEvents } from '../import/import-events.ts';
import { importProducts } from '../import/import-products.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { testApp } from '../testing/test-app.ts';
import { TEST_OPERATOR_TOKEN } from '../testing/test-gate.ts';
import { testDatabaseUrl } from '../testing/test-services.ts';

const DATABASES: { name: string; databaseUrl(): Promise<string | null> }[] = [
  { name: 'SQLite', databaseUrl: async () => null },
  { name: 'Postgres', databaseUrl: testDatabaseUrl },
];
const NUL = 'a\u0000b';
const HALF = 'a\uD83Eb';

describe.each(DATABASES)('text that databases do not keep, on $name', ({ databaseUrl }) => {
  let folder: string;
  let world: ComparisonWorld;
  let store: Store;
  let post: (path: string, body: unknown) => Promise<Response>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-text-'));
    world = await openComparisonWorld([], { redisUrl: null });
    store = await openStore({ dataDir: folder, databaseUrl: await databaseUrl() });
    const app = testApp({ ...world, store, parts: { ...world.parts, store } }, folder);
    const headers = {
      host: 'localhost',
      'content-type': 'application/json',
      authorization: `Bearer ${TEST_OPERATOR_TOKEN}`,
    };
    post = async (path, body) => app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  });
  afterAll(async () => {
    await store.close();
    await world.close();
    await rm(folder, { recursive: true });
  });

  const event = (change: object = {}) => ({
    ...{ id: uuidv7(), user_id: 'ada', item_id: 'kettle', type: 'view', value: 1 },
    ...{ occurred_at: new Date().toISOString(), ...change },
  });

  test('is rejected by event and field, and the rest of the batch is kept', async () => {
    const changes = [{}, { id: NUL }, { user_id: NUL }, { item_id: HALF }, { type: HALF }, { occurred_at: NUL }, {}];
    const response = await post('/events', { events: changes.map((change) => event(change)) });
    expect(response.status).toBe(200);
    const { receipts } = eventReceiptsSchema.parse(await response.json());
    expect(receipts.map(({ status, reason = '' }) => [status, reason.split(':')[0]])).toEqual([
      ['accepted', ''],
      ...['id', 'user_id', 'item_id', 'type', 'occurred_at'].map((field) => ['rejected', field]),
      ['accepted', ''],
    ]);
    expect(await store.events.ofUser('ada')).toHaveLength(2);
  });

  test('what else an event carries is not kept, and so does no harm', async () => {
    const { receipts } = eventReceiptsSchema.parse(
      await (await post('/events', { events: [event({ metadata: { note: NUL }, query: HALF })] })).json(),
    );
    expect(receipts).toMatchObject([{ status: 'accepted' }]);
  });

  test.each([{ query: NUL }, { query: HALF }, { product_id: HALF }])('is refused in a watch: %j', async (subject) => {
    const response = await post('/watches', { user_id: 'ada', ...subject });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: Object.keys(subject)[0] }] });
  });

  test('is left out of imports by row, with the reason', async () => {
    const csv = join(folder, 'events.csv');
    await writeFile(csv, `user_id,item_id,rating\nbob,x,5\nbob,${NUL},4\nbob,y,3\n`);
    const options = { strict: false, dryRun: false };
    const events = await importEvents(store, EVENT_FORMATS['csv']!(csv, new Date(0)), options);
    expect(events).toMatchObject({ imported: 2, skipped: [{ rows: 1, lines: [3] }] });
    expect(await store.events.ofUser('bob')).toHaveLength(2);

    const jsonl = join(folder, 'products.jsonl');
    const rows = [{ title: 'Kettle' }, { title: NUL }, { title: 'Pan', brand: HALF }, { title: 'Pot' }];
    await writeFile(jsonl, rows.map((row, id) => JSON.stringify({ id: `p${id}`, ...row })).join('\n'));
    const products = await importProducts(store, jsonl, options);
    expect(products.skipped.map(({ lines, reason }) => [lines, reason.split(' has ')[0]])).toEqual([
      [[2], 'the title'],
      [[3], 'the brand'],
    ]);
    expect(await store.products.count()).toBe(2);
  });
});
