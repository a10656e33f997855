import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectRedis } from '../../redis/connect-redis.ts';
import { startRedis } from '../../testing/start-redis.ts';
import { silentLog } from '../../testing/test-log.ts';
import { QueueUnavailableError } from '../../unavailable-error.ts';
import type { JobContext } from '../job-queue.ts';
import { openBullmqJobQueue } from './bullmq-job-queue.ts';
import { Queues } from './queues.ts';

const failures: unknown[] = [];
const open = (url: string) => openBullmqJobQueue(url, { log: silentLog }, (error) => failures.push(error));

test('while Redis is away adding fails with a clear message; when it is back, work and readers go on', async () => {
  const first = await startRedis();
  const queue = await open(first.url);
  queue.work('greet', async (job) => `Hello, ${job.payload}`);
  const waiting = await queue.add('other', {});
  const reading = Array.fromAsync(queue.events(waiting.id));
  await delay(50);

  await first.stop();
  await expect(queue.add('greet', 'Ada')).rejects.toThrow('the job queue cannot be reached: its Redis');

  // A new Redis at the same address, without the old one's data: the reader's job is gone.
  const second = await startRedis({ port: Number(new URL(first.url).port) });
  await expect.poll(() => queue.add('greet', 'Ada').catch(() => null), { timeout: 10_000 }).not.toBeNull();
  const { id } = await queue.add('greet', 'Bob');
  const types = (await Array.fromAsync(queue.events(id))).map(({ type, data }) => [type, data]);
  expect(types).toEqual([['completed', { result: 'Hello, Bob' }]]);
  expect(await reading).toEqual([]);

  await queue.close();
  await second.stop();
  expect(failures).toEqual([]);
});

test('a Redis that hangs or is full is told as such within seconds, and the queue goes on after it', async () => {
  const server = await startRedis();
  const queue = await open(server.url);
  const redis = await connectRedis(server.url, 'REDIS_URL', { log: silentLog });
  await queue.add('greet', 'Ada');
  await redis.config('SET', 'maxmemory', 1);
  await expect(queue.add('greet', 'Bob')).rejects.toThrow(/^the job queue takes nothing for now: .* answers "OOM /);
  await redis.config('SET', 'maxmemory', 0);

  await redis.call('CLIENT', 'PAUSE', '4700', 'ALL');
  const begunAt = performance.now();
  await expect(queue.counts()).rejects.toThrow(QueueUnavailableError);
  expect(performance.now() - begunAt).toBeLessThan(4_600);
  expect(await queue.counts()).toMatchObject([{ name: 'greet', waiting: 1 }]);
  await queue.close(0);
  redis.disconnect();
  await server.stop();
});

test('it closes in time with Redis away', async () => {
  const redis = await startRedis();
  const queue = await open(redis.url);
  queue.work('greet', async () => {});
  await delay(50);
  await redis.stop();
  const began = performance.now();
  await queue.close(100);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a Redis that cannot be reached at the start is named, without the password', async () => {
  await expect(open('redis://:secret@127.0.0.1:9')).rejects.toThrow(
    /^Redis at 127\.0\.0\.1:9 \(REDIS_URL\) cannot be used: (?!.*secret).*ECONNREFUSED/,
  );
});

describe('a date that was 400 days ahead', () => {
  const AHEAD_MS = 400 * 86_400_000;
  const startClock = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('puts off neither a schedule that is asked for again nor a job that waits to be tried again', async () => {
    const server = await startRedis();
    startClock(AHEAD_MS);
    const wrong = await open(server.url);
    const runs: unknown[] = [];
    const handler = async (job: JobContext<unknown>) => {
      runs.push(job.payload);
      if (job.payload === 'fails first' && job.attempt === 1) throw new Error('the shop is closed');
    };
    await wrong.schedule('hourly', 'greet', 'scheduled', 3_600_000);
    wrong.work('greet', handler);
    const { id } = await wrong.add('greet', 'fails first', { attempts: 2 });
    await expect.poll(() => runs.length).toBe(2);
    await expect.poll(async () => (await wrong.get(id))?.state).toBe('delayed');
    await wrong.close(0);

    vi.useRealTimers();
    const right = await open(server.url);
    right.work('greet', handler);
    await right.schedule('hourly', 'greet', 'scheduled', 3_600_000);
    const redis = await connectRedis(server.url, 'REDIS_URL', { log: silentLog });
    const queues = new Queues(redis, (error) => failures.push(error));
    await queues.add('greet', 'now', {});
    await queues.undoWrongDates();
    await expect.poll(() => runs.slice(2).sort(), { timeout: 8_000 }).toEqual(['fails first', 'now', 'scheduled']);
    await queues.close();
    redis.disconnect();
    await right.close(0);
    await server.stop();
    expect(failures).toEqual([]);
  });
});
