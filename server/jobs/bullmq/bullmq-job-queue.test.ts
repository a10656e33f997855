import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startRedis } from '../../testing/start-redis.ts';
import { silentLog } from '../../testing/test-log.ts';
import { openBullmqJobQueue } from './bullmq-job-queue.ts';

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
