import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AppContext, openContext } from '../context.ts';
import type { JobEvent } from '../jobs/job-queue.ts';
import type { EventRecord } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { TRAIN_JOB, trainHandler, trainPayloadSchema } from './job.ts';

let dataDir: string;
let context: AppContext;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'magpie-train-job-'));
  const config = testConfig({ MAGPIE_DATA_DIR: dataDir });
  context = await openContext(config);
  context.queue.work(TRAIN_JOB, trainHandler(config), { concurrency: 1 });
  await context.store.events.append(likes());
});
afterEach(async () => {
  await context.close(0);
  await rm(dataDir, { recursive: true });
});

/** Even shoppers like even things, odd ones odd things. */
function likes(): EventRecord[] {
  const events: EventRecord[] = [];
  for (let user = 0; user < 40; user++) {
    for (let item = user % 2; item < 40; item += 2) {
      if ((user * 3 + item * 5) % 4 === 0) continue;
      events.push({
        id: `e${user}-${item}`,
        userId: `u${user}`,
        itemId: `i${item}`,
        type: 'purchase',
        value: 1,
        occurredAt: new Date('2026-03-01T12:00:00Z'),
        source: 'import',
      });
    }
  }
  return events;
}

async function train(payload: Record<string, unknown>): Promise<string> {
  const { id } = await context.queue.add(TRAIN_JOB, payload, { deduplicationId: TRAIN_JOB });
  return id;
}

async function ended(id: string): Promise<JobEvent[]> {
  return Array.fromAsync(context.queue.events(id));
}

async function eventOf(id: string, wanted: string): Promise<Record<string, unknown>> {
  for await (const { type, data } of context.queue.events(id)) {
    if (type === wanted) return data as Record<string, unknown>;
  }
  return expect.unreachable(`the job ended without "${wanted}": ${JSON.stringify(await context.queue.get(id))}`);
}

/** Process ids of this process's trainings. */
async function trainings(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s.*cli\.ts train /.exec(line))
    .filter((match) => match?.[2] === String(process.pid))
    .map((match) => Number(match?.[1]));
}

test('a training tells what computes and why, and so do its result and its model', async () => {
  const id = await train({ factors: 4, iterations: 4, validate: 0.2, patience: 3 });
  const events = await ended(id);
  const engine = events.find(({ type }) => type === 'engine')?.data;
  expect(engine).toMatchObject({ backend: 'threads', adapter: null, reason: expect.stringMatching(/threads?: /) });
  expect(events.filter(({ type }) => type === 'iteration').length).toBeGreaterThanOrEqual(2);
  const job = await context.queue.get(id);
  const { reason } = engine as { reason: string };
  expect(job).toMatchObject({
    state: 'completed',
    result: { adapter: null, engine_reason: reason, validation: { metric: 'ndcg@20' } },
  });
  const model = await context.store.models.current();
  expect(model?.parameters).toMatchObject({
    engine: expect.stringMatching(/^threads/),
    engine_reason: reason,
    validation: { metric: 'ndcg@20' },
  });
  expect(await readdir(join(dataDir, 'checkpoints')).catch(() => [])).toEqual([]);
});

test('a training whose process was killed goes on from its checkpoint when it is tried again', async () => {
  // Double precision on one thread, so that it lasts.
  const id = await train({ factors: 64, iterations: 1000, algorithm: 'als', backend: 'reference' });
  const checkpoint = join(dataDir, 'checkpoints', `job-${id}.safetensors`);
  await expect.poll(() => existsSync(checkpoint), { timeout: 30_000 }).toBe(true);
  const [pid] = await trainings();
  process.kill(pid!, 'SIGKILL');
  await ended(id);
  expect(await context.queue.get(id)).toMatchObject({
    state: 'failed',
    error: 'the training process was killed (SIGKILL): tried again, it goes on from its last checkpoint',
  });
  // A shop goes on living meanwhile.
  await context.store.events.append([{ ...likes()[0]!, id: 'late', itemId: 'i1' }]);

  expect(await context.queue.retry(id)).toBe(true);
  const { iteration } = await eventOf(id, 'resumed');
  expect(iteration).toBeGreaterThan(2);
  await context.queue.cancel(id);
  await expect.poll(trainings, { timeout: 10_000 }).toEqual([]);
  expect(existsSync(checkpoint)).toBe(true);
}, 90_000);

test('a training that has ended after its server died is found by the next attempt, and two at once make one model', async () => {
  const emitted: string[] = [];
  const attempt = (id: string) =>
    trainHandler(testConfig({ MAGPIE_DATA_DIR: dataDir }))({
      ...{ id, attempt: 1, payload: { factors: 2, iterations: 2 }, signal: new AbortController().signal },
      emit: async (type) => {
        emitted.push(type);
      },
      progress: async () => {},
    });
  const died = uuidv7();
  const first = await attempt(died);
  emitted.length = 0;
  expect(await attempt(died)).toEqual(first);
  expect(emitted).toEqual([]);
  const twice = uuidv7();
  const [one, other] = await Promise.all([attempt(twice), attempt(twice)]);
  expect(one).toEqual(other);
  const models = await context.store.models.list();
  expect(models.map(({ version }) => ({ version }))).toEqual(
    [one, first]
      .map((result) => ({ version: (result as { version: string }).version }))
      .sort((a, b) => (a.version < b.version ? 1 : -1)),
  );
  expect((await context.store.models.current())?.version).toBe((one as { version: string }).version);
  expect(await readdir(join(dataDir, 'checkpoints'))).toEqual([]);
}, 60_000);

test('checkpoints of jobs that are long forgotten are removed', async () => {
  const folder = join(dataDir, 'checkpoints');
  await mkdir(folder);
  const [old, recent, own] = ['job-old.safetensors', 'job-recent.safetensors', 'train.safetensors'];
  for (const name of [old, recent, own]) await writeFile(join(folder, name), '');
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  for (const name of [old, own]) await utimes(join(folder, name), longAgo, longAgo);
  await ended(await train({ factors: 2, iterations: 2 }));
  expect((await readdir(folder)).sort()).toEqual([recent, own]);
});

describe('the parameters of a training', () => {
  test.for([
    { iterations: 1 },
    { backend: 'quantum' },
    { validate: 1 },
    { validate: 0 },
    { patience: 3 },
    { patience: 0, validate: 0.1 },
    { factors: 129 },
    { tolerance: 1 },
    { factor: 16 },
    { solver: 'lu' },
  ])('may not be %j', (payload) => {
    expect(trainPayloadSchema.safeParse(payload).success).toBe(false);
  });

  test('may choose the solver', () => {
    expect(trainPayloadSchema.parse({ solver: 'cg' })).toEqual({ solver: 'cg' });
  });

  test('that the command refuses fail the job with its sentence', async () => {
    const id = await train({ confidence: 'lots' });
    await ended(id);
    expect(await context.queue.get(id)).toMatchObject({ state: 'failed', error: expect.stringMatching(/"lots"/) });
  });
});
