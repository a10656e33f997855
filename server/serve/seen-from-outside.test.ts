import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../shared/api/problem.ts';
import { readinessSchema } from '../../shared/api/readiness.ts';
import { hashSecret } from '../access/credentials.ts';
import { operatorTokenPath } from '../access/operator-token.ts';
import { SESSION_COOKIE } from '../access/sign-in.ts';
import { testConfig } from '../testing/test-config.ts';
import { recordingLog } from '../testing/test-log.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { type RunningServer, serve } from './serve.ts';

/** A server's samples by name and labels, as Prometheus reads them. */
async function scrape(url: string, init?: RequestInit): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`, init);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const samples = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('one process on embedded defaults', () => {
  const { log, lines, text } = recordingLog();
  let dataDir: string;
  let server: RunningServer;
  let operator: { authorization: string };

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers });
  const newLines = async (act: () => Promise<unknown>) => {
    const nBefore = lines.length;
    await act();
    return lines.slice(nBefore);
  };
  /** Those of requests: jobs that a schedule starts may end meanwhile. */
  const newRequestLines = async (act: () => Promise<unknown>) =>
    (await newLines(act)).filter((line) => 'request_id' in line);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'magpie-outside-'));
    const config = testConfig({ MAGPIE_STATUS_PORT: '0', MAGPIE_DATA_DIR: dataDir });
    server = await serve(config, { role: 'all', demo: false, tls: null, say: () => undefined, log });
    operator = { authorization: `Bearer ${(await readFile(operatorTokenPath(dataDir), 'utf8')).trim()}` };
  }, 60_000);
  afterAll(async () => {
    await server?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('a request gives one line, without its query', async () => {
    const seen = await newRequestLines(() => get('/products?query=geheim', operator));
    expect(seen).toEqual([
      expect.objectContaining({
        ...{ level: 'info', msg: 'request', method: 'GET', path: '/products', status: 200, caller: 'operator' },
        ...{ request_id: expect.stringMatching(/./), ms: expect.any(Number) },
      }),
    ]);
    expect(text()).not.toContain('geheim');
  });

  test('a key is named by its id', async () => {
    const key = {
      ...{ id: 'k-1', name: 'Ada', hash: hashSecret('mgp_geheim'), scopes: ['recommendations:read'] },
      ...{ createdAt: new Date(), revokedAt: null, expiresAt: null },
    };
    await server.context.store.keys.add(key);
    const seen = await newRequestLines(() =>
      get('/recommendations?user_id=ada-geheim', { authorization: 'Bearer mgp_geheim' }),
    );
    expect(seen).toEqual([expect.objectContaining({ caller: 'key', key_id: 'k-1', status: 200 })]);
    expect(text()).not.toMatch(/geheim|Ada/);
  });

  test.each([
    ['an unknown key', '/events?user_id=ada', { authorization: 'Bearer mgp_unbekannt' }, 401, 'unknown key'],
    ['an ended session', '/events?user_id=ada', { cookie: `${SESSION_COOKIE}=unbekannt` }, 401, 'ended session'],
    ['no credential', '/models', {}, 401, 'no credential'],
    ['a device that asks for another', '/events?user_id=ada', { authorization: 'Bearer unbekannt-1' }, 403, 'device'],
    ['a key without the scope', '/models', { authorization: 'Bearer mgp_geheim' }, 403, 'scope admin'],
    ['a used sign-in code', '/session/sign-in?code=unbekannt', {}, 403, 'sign-in code'],
    ['a page of another site', '/training', { origin: 'https://evil.example' }, 403, 'another site'],
  ] as const)('%s gives one warning with the answer’s request id', async (_, path, headers, status, reason) => {
    let answer: Response | null = null;
    const seen = await newLines(async () => {
      const method = path === '/training' ? 'POST' : 'GET';
      answer = await fetch(`${server.url}${path}`, { method, headers });
    });
    const { instance } = problemSchema.parse(await answer!.json());
    const warnings = seen.filter(({ level }) => level === 'warn');
    expect(warnings).toEqual([
      expect.objectContaining({
        ...{ msg: 'access refused', status, reason: expect.stringContaining(reason) },
        client: expect.stringMatching(/^[0-9a-f]{12}$/),
      }),
    ]);
    expect(instance).toBe(`urn:request:${warnings[0]!['request_id']}`);
    expect(text()).not.toMatch(/unbekannt|geheim|127\.0\.0\.1|"ada"/);
  });

  test('a job gives one line with its id, name, attempt and outcome, and no shopper', async () => {
    const { queue } = server.context;
    const seen = await newLines(async () => {
      const { id } = await queue.add('recommend', { userId: 'ada-geheim', limit: 3 });
      await Array.fromAsync(queue.events(id));
      const { id: failing } = await queue.add('recommend', { userId: 'ada-geheim', limit: 'geheim' });
      await Array.fromAsync(queue.events(failing));
    });
    const jobs = seen.filter(({ job }) => job === 'recommend');
    expect(jobs).toEqual([
      expect.objectContaining({ level: 'info', attempt: 1, outcome: 'completed', ms: expect.any(Number) }),
      expect.objectContaining({ level: 'warn', attempt: 1, outcome: 'failed', job_id: expect.any(String) }),
    ]);
    expect(text()).not.toContain('geheim');
  });

  test('metrics are the operator’s on the API’s port, and open on the status port', async () => {
    expect((await get('/metrics')).status).toBe(401);
    const samples = await scrape(server.url!, { headers: operator });
    expect([...samples.keys()].map((name) => name.replace(/\{.*/, ''))).toEqual(
      expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']),
    );
    expect((await scrape(server.statusUrl!)).size).toBeGreaterThan(50);
    // Asking Node for its handles can end the process.
    expect([...samples.keys()].filter((name) => /_active_(?:handles|requests|resources)/.test(name))).toEqual([]);
  });

  test('requests are counted by route, and jobs by name and outcome', async () => {
    await get('/products/one');
    await get('/products/two');
    const before = await scrape(server.statusUrl!);
    const count = 'magpie_http_request_duration_seconds_count';
    expect(before.get(`${count}{method="GET",route="/products/:id",status_class="4xx"}`)).toBe(2);
    expect(before.get('magpie_job_duration_seconds_count{name="recommend",outcome="completed"}')).toBe(1);
    expect(before.get('magpie_job_duration_seconds_count{name="recommend",outcome="failed"}')).toBe(1);
    expect(before.get('magpie_worker_last_seen_seconds')).toBeLessThan(30);
    await server.context.queue.add('unheard-of', {});
    const after = await scrape(server.statusUrl!);
    expect(after.get('magpie_jobs_waiting{name="unheard-of"}')).toBe(1);
    expect(after.get('magpie_job_oldest_waiting_seconds{name="unheard-of"}')).toBeGreaterThanOrEqual(0);
  });

  test('the latest training is told once there is one', async () => {
    expect((await scrape(server.statusUrl!)).has('magpie_training_loss')).toBe(false);
    const parameters = { loss: 12.5, seconds: 3, chosen_iteration: 7 };
    await server.context.store.models.add({ version: 'a', file: 'a', createdAt: new Date(1_000), parameters });
    const samples = await scrape(server.statusUrl!);
    expect(samples.get('magpie_training_loss')).toBe(12.5);
    expect(samples.get('magpie_training_seconds')).toBe(3);
    expect(samples.get('magpie_training_iterations')).toBe(7);
    expect(samples.get('magpie_model_created_timestamp_seconds')).toBe(1);
  });

  test('the status port has health and readiness, and nothing else', async () => {
    const status = (path: string): Promise<Response> => fetch(`${server.statusUrl}${path}`);
    expect((await status('/healthz')).status).toBe(200);
    expect(readinessSchema.parse(await (await status('/readyz')).json())).toMatchObject({ status: 'ok', missing: [] });
    expect((await status('/products')).status).toBe(404);
  });

  test('a fault of the server gives one error with its stack and the answer’s request id', async () => {
    const database = new DatabaseSync(join(dataDir, 'magpie.db'));
    database.exec('alter table events rename to events_elsewhere');
    database.close();
    let answer: Response | null = null;
    const seen = await newLines(async () => {
      answer = await get('/events?user_id=ada', operator);
    });
    expect(answer!.status).toBe(500);
    const { instance } = problemSchema.parse(await answer!.json());
    const errors = seen.filter(({ level }) => level === 'error');
    expect(errors).toEqual([
      expect.objectContaining({
        ...{ msg: 'request failed', method: 'GET', path: '/events' },
        err: expect.objectContaining({ message: expect.stringContaining('no such table'), stack: expect.any(String) }),
      }),
    ]);
    expect(instance).toBe(`urn:request:${errors[0]!['request_id']}`);
    expect(text()).not.toContain('"ada"');
  });
});

test('a worker of a cluster serves its status, and the API names the worker that is gone', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-outside-'));
  const redisUrl = await testRedisUrl();
  const environment = {
    ...{ PORT: '0', MAGPIE_STATUS_PORT: '0', MAGPIE_DATA_DIR: dataDir },
    ...{ REDIS_URL: redisUrl, DATABASE_URL: await testDatabaseUrl() },
  };
  const start = (role: 'api' | 'worker') => {
    const { log } = recordingLog();
    return serve(testConfig(environment), { role, demo: false, tls: null, say: () => undefined, log });
  };
  const api = await start('api');
  const worker = await start('worker');
  try {
    const ready = async (url: string) => {
      const response = await fetch(`${url}/readyz`);
      const { missing } = readinessSchema.parse(await response.json());
      return { status: response.status, missing: missing.map(({ part }) => part) };
    };
    await expect.poll(() => ready(worker.statusUrl!), { timeout: 5_000 }).toEqual({ status: 200, missing: [] });
    await expect.poll(() => ready(api.url!), { timeout: 5_000 }).toEqual({ status: 200, missing: [] });
    await api.context.queue.add('recommend', { userId: 'ada', limit: 1 });
    const done = 'magpie_job_duration_seconds_count{name="recommend",outcome="completed"}';
    await expect.poll(async () => (await scrape(worker.statusUrl!)).get(done), { timeout: 5_000 }).toBe(1);
    expect((await scrape(api.statusUrl!)).has(done)).toBe(false);
    await worker.close();
    await expect.poll(() => ready(api.url!), { timeout: 5_000 }).toEqual({ status: 503, missing: ['worker'] });
  } finally {
    await worker.close();
    await api.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
