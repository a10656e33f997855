import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../testing/test-log.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { type JobContext, type JobEvent, type JobQueue, UnretryableError } from './job-queue.ts';
import { WORKER_DIED } from './limits.ts';
import { openJobQueue } from './open-job-queue.ts';
import { expireLeases, type Location } from './testing/expire-leases.ts';

const ADAPTERS: { name: string; location(dataDir: string): Promise<Location> }[] = [
  { name: 'local, on SQLite', location: async (dataDir) => ({ dataDir, databaseUrl: null, redisUrl: null }) },
  {
    name: 'local, on Postgres',
    location: async (dataDir) => ({ dataDir, databaseUrl: await testDatabaseUrl(), redisUrl: null }),
  },
  {
    name: 'bullmq',
    location: async (dataDir) => ({ dataDir, databaseUrl: null, redisUrl: await testRedisUrl() }),
  },
];

describe.each(ADAPTERS)('the job queue: $name', ({ location }) => {
  let where: Location;
  let queue: JobQueue;
  const opened: JobQueue[] = [];
  const processes: ChildProcess[] = [];

  /** As another process has it: nothing is shared but the storage. */
  const openAnother = async (): Promise<JobQueue> => {
    const another = await openJobQueue({ ...where, log: silentLog });
    opened.push(another);
    return another;
  };
  const work = (handler: (job: JobContext<unknown>) => Promise<unknown>, concurrency = 1) =>
    queue.work('greet', handler, { concurrency });
  const read = (id: string, options?: { after?: string | null; signal?: AbortSignal }): Promise<JobEvent[]> =>
    Array.fromAsync(queue.events(id, options));
  const finished = async (id: string) => {
    await read(id);
    return queue.get(id);
  };

  beforeEach(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-jobs-'));
    where = await location(dataDir);
    queue = await openAnother();
    return async () => {
      for (const child of processes.splice(0)) child.kill('SIGKILL');
      for (const each of opened.splice(0)) await each.close(0);
      await rm(dataDir, { recursive: true });
    };
  });

  describe('what is seen of it', () => {
    test('counts by name what waits and what runs, and since when the oldest waits', async () => {
      expect(await queue.counts()).toEqual([]);
      const before = Date.now();
      const ids = [];
      for (const delayMs of [0, 0, 60_000]) ids.push((await queue.add('other', null, { delayMs })).id);
      const [counted] = await queue.counts();
      expect(counted).toMatchObject({ name: 'other', waiting: 2, active: 0 });
      const since = counted?.oldestWaitingSince?.getTime();
      expect(since).toBeGreaterThanOrEqual(before);
      expect(since).toBeLessThanOrEqual((await queue.get(ids[0]!))!.createdAt.getTime());
      const begun = Promise.withResolvers<void>();
      const end = Promise.withResolvers<void>();
      work(async () => {
        begun.resolve();
        await end.promise;
      });
      const { id } = await queue.add('greet', null);
      await begun.promise;
      expect((await queue.counts()).find(({ name }) => name === 'greet')).toEqual({
        ...{ name: 'greet', waiting: 0, active: 1, oldestWaitingSince: null },
      });
      end.resolve();
      await finished(id);
      expect((await queue.counts()).map(({ name }) => name)).toEqual(['other']);
    });

    test('workers of all processes show themselves until they stop', async () => {
      expect(await queue.workers()).toEqual([]);
      const another = await openAnother();
      another.work('greet', async () => null);
      await expect.poll(() => queue.workers()).toHaveLength(1);
      const [{ seenAt } = { seenAt: null }] = await queue.workers();
      expect(Date.now() - (seenAt?.getTime() ?? 0)).toBeLessThan(5_000);
      await another.close(0);
      expect(await queue.workers()).toEqual([]);
    });

    test('a handler knows which attempt it makes', async () => {
      const attempts: number[] = [];
      work(async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt === 1) throw new Error('not yet');
      });
      const { id } = await queue.add('greet', null, { attempts: 2 });
      await finished(id);
      expect(attempts).toEqual([1, 2]);
    });
  });

  describe('a job', () => {
    test('is run with its payload, and its record tells what became of it', async () => {
      const { id, deduplicated } = await queue.add('greet', { name: 'Ada', tags: [1, null] });
      expect(deduplicated).toBe(false);
      expect(await queue.get(id)).toMatchObject({
        id,
        name: 'greet',
        payload: { name: 'Ada', tags: [1, null] },
        state: 'waiting',
        progress: null,
        startedAt: null,
        finishedAt: null,
        result: null,
        error: null,
        attempts: 0,
      });
      work(async (job) => {
        await job.progress(0.5);
        return { greeting: `Hello, ${(job.payload as { name: string }).name}` };
      });
      const job = await finished(id);
      expect(job).toMatchObject({
        state: 'completed',
        progress: 0.5,
        result: { greeting: 'Hello, Ada' },
        error: null,
        attempts: 1,
      });
      expect(job?.startedAt?.getTime()).toBeGreaterThanOrEqual(job?.createdAt.getTime() ?? Number.NaN);
      expect(job?.finishedAt?.getTime()).toBeGreaterThanOrEqual(job?.startedAt?.getTime() ?? Number.NaN);
    });

    test('may be without payload and result', async () => {
      work(async (job) => {
        expect(job.payload).toBeNull();
      });
      expect(await finished((await queue.add('greet', null)).id)).toMatchObject({ state: 'completed', result: null });
    });

    test('is unknown by any other id', async () => {
      for (const id of ['nothing', 'greet~1', '']) {
        expect(await queue.get(id)).toBeNull();
        expect(await queue.cancel(id)).toBe(false);
        expect(await queue.retry(id)).toBe(false);
        expect(await read(id)).toEqual([]);
      }
    });

    test('is forgotten when it is removed: waiting, running or done', async () => {
      const waiting = await queue.add('greet', { name: 'Ada' });
      expect(await queue.remove(waiting.id)).toBe(true);
      expect(await queue.get(waiting.id)).toBeNull();
      expect(await queue.remove(waiting.id)).toBe(false);

      const begun = Promise.withResolvers<void>();
      work(async (job) => {
        await job.emit('hello', { name: 'Ada' });
        if (job.payload !== 'waits') return 'done';
        begun.resolve();
        await delay(60_000, undefined, { signal: job.signal });
        return 'never';
      });
      const done = await queue.add('greet', {});
      await finished(done.id);
      expect(await queue.remove(done.id)).toBe(true);
      expect(await read(done.id)).toEqual([]);

      const running = await queue.add('greet', 'waits');
      await begun.promise;
      expect(await queue.remove(running.id)).toBe(true);
      expect(await queue.get(running.id)).toBeNull();
      expect(await queue.list({ name: 'greet' })).toEqual([]);
    });

    test('waits for a worker of its name, then in order of adding', async () => {
      const other = await queue.add('other', {});
      const ids = [];
      for (let index = 0; index < 5; index += 1) ids.push((await queue.add('greet', index)).id);
      const order: unknown[] = [];
      work(async (job) => order.push(job.payload));
      await finished(ids[4]!);
      expect(order).toEqual([0, 1, 2, 3, 4]);
      expect((await queue.get(other.id))?.state).toBe('waiting');
    });

    test('takes its client’s turn: behind the first ones of others, and in the background behind more', async () => {
      const maxWaiting = { perClient: 60, overall: 100 };
      const add = (client: string, n: number, background = false) =>
        queue.add('greet', `${client}${n}`, { turn: { client, background, maxWaiting } });
      await add('watch', 0, true);
      for (let n = 0; n < 12; n += 1) await add('flood', n);
      for (let n = 0; n < 2; n += 1) await add('ada', n);
      await add('bob', 0);
      const last = await queue.add('greet', 'without a turn');
      const order: string[] = [];
      work(async (job) => order.push(String(job.payload)));
      await expect.poll(() => order.length).toBe(17);
      expect((await queue.get(last.id))?.state).toBe('completed');
      expect(order).toEqual([
        ...['flood0', 'ada0', 'bob0', 'without a turn', 'flood1', 'ada1'],
        ...['flood2', 'flood3', 'flood4', 'flood5', 'flood6', 'flood7', 'flood8', 'flood9'],
        ...['watch0', 'flood10', 'flood11'],
      ]);
    });

    test('is refused where too many wait, of its client or of all, and one that is joined is not', async () => {
      const maxWaiting = { perClient: 3, overall: 5 };
      const add = (client: string, deduplicationId?: string) =>
        queue.add('greet', null, { turn: { client, maxWaiting }, ...(deduplicationId && { deduplicationId }) });
      const added = await Promise.allSettled(Array.from({ length: 6 }, () => add('flood')));
      expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      await expect(add('flood')).rejects.toMatchObject({ name: 'QueueFullError', ofClient: true, max: 3 });
      const { id } = await add('ada', 'common');
      await add('bob');
      await expect(add('eve')).rejects.toMatchObject({ name: 'QueueFullError', ofClient: false, max: 5 });
      expect(await add('flood', 'common')).toEqual({ id, deduplicated: true });
      work(async () => null);
      await finished(id);
      await expect.poll(() => add('flood')).toMatchObject({ deduplicated: false });
    });

    test('is found by its deduplication id while it waits or runs', async () => {
      expect(await queue.live('greet', 'a')).toBeNull();
      const { id } = await queue.add('greet', null, { deduplicationId: 'a' });
      expect(await queue.live('greet', 'a')).toBe(id);
      expect(await queue.live('other', 'a')).toBeNull();
      work(async () => null);
      await finished(id);
      await expect.poll(() => queue.live('greet', 'a')).toBeNull();
    });

    test('starts at once when a worker is free', async () => {
      work(async () => performance.now());
      await finished((await queue.add('greet', {})).id);
      await delay(300);
      // Each is added as the one before ends: a worker that only polled would take each an interval later, the luckiest too.
      const waitsMs: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        const added = performance.now();
        const job = await finished((await queue.add('greet', {})).id);
        waitsMs.push((job?.result as number) - added);
      }
      expect(Math.min(...waitsMs)).toBeLessThan(90);
    });

    test('runs beside others up to the concurrency', async () => {
      let running = 0;
      let most = 0;
      work(async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(30);
        running -= 1;
      }, 3);
      const added = await Promise.all(Array.from({ length: 9 }, () => queue.add('greet', {})));
      await Promise.all(added.map(({ id }) => finished(id)));
      expect(most).toBe(3);
    });

    test('is delayed when asked to be', async () => {
      work(async () => 'done');
      const { id } = await queue.add('greet', {}, { delayMs: 400 });
      expect((await queue.get(id))?.state).toBe('delayed');
      const job = await finished(id);
      expect(job?.state).toBe('completed');
      expect((job?.startedAt?.getTime() ?? 0) - (job?.createdAt.getTime() ?? 0)).toBeGreaterThanOrEqual(399);
    });
  });

  describe('a job that fails', () => {
    test('tells why, after one attempt unless more are allowed', async () => {
      let attempts = 0;
      work(async () => {
        attempts += 1;
        throw new Error('the shop is closed');
      });
      const { id } = await queue.add('greet', {});
      expect((await read(id)).map(({ type, data }) => [type, data])).toEqual([
        ['failed', { error: 'the shop is closed' }],
      ]);
      expect(await queue.get(id)).toMatchObject({ state: 'failed', error: 'the shop is closed', result: null });
      expect(attempts).toBe(1);
    });

    test('is tried again after a pause, as often as allowed', async () => {
      const startedAt: number[] = [];
      work(async () => {
        startedAt.push(performance.now());
        if (startedAt.length < 2) throw new Error('not yet');
        return 'at last';
      });
      const { id } = await queue.add('greet', {}, { attempts: 2 });
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'at last', attempts: 2, error: null });
      expect(startedAt[1]! - startedAt[0]!).toBeGreaterThan(450);
    });

    test('is not tried again when that cannot help', async () => {
      let attempts = 0;
      work(async () => {
        attempts += 1;
        throw new UnretryableError('there is no such product');
      });
      const { id } = await queue.add('greet', {}, { attempts: 5 });
      expect(await finished(id)).toMatchObject({ state: 'failed', error: 'there is no such product' });
      expect(attempts).toBe(1);
    });

    test('can be retried by hand, with all its attempts', async () => {
      let broken = true;
      work(async () => {
        if (broken) throw new Error('broken');
        return 'mended';
      });
      const { id } = await queue.add('greet', {});
      await finished(id);
      broken = false;
      expect(await queue.retry(id)).toBe(true);
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'mended', error: null });
      expect(await queue.retry(id)).toBe(false);
    });
  });

  describe('the single-flight', () => {
    test('makes one job of a thousand simultaneous adds from two processes', async () => {
      const other = await openAnother();
      const added = await Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          (index % 2 === 0 ? queue : other).add('greet', {}, { deduplicationId: 'headphones EUR' }),
        ),
      );
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
      expect(added.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
      expect(await queue.list()).toHaveLength(1);
    });

    test('lasts while the job waits or runs, and ends with it, however it ends', async () => {
      const options = { deduplicationId: 'one' };
      let release = Promise.withResolvers<void>();
      let fail = false;
      work(async (job) => {
        await job.emit('started', {});
        await release.promise;
        if (fail) throw new Error('failed');
      });
      const first = await queue.add('greet', {}, options);
      for await (const event of queue.events(first.id)) if (event.type === 'started') break;
      expect(await queue.add('greet', {}, options)).toEqual({ id: first.id, deduplicated: true });
      release.resolve();
      await finished(first.id);

      fail = true;
      const second = await queue.add('greet', {}, options);
      expect(second.deduplicated).toBe(false);
      await finished(second.id);

      release = Promise.withResolvers<void>();
      const third = await queue.add('greet', {}, options);
      expect(third.deduplicated).toBe(false);
      await queue.cancel(third.id);
      const fourth = await queue.add('greet', {}, options);
      expect(fourth.deduplicated).toBe(false);
      release.resolve();
    });

    test('is one per name and id', async () => {
      const added = [
        await queue.add('greet', {}, { deduplicationId: 'a' }),
        await queue.add('greet', {}, { deduplicationId: 'b' }),
        await queue.add('other', {}, { deduplicationId: 'a' }),
        await queue.add('greet', {}),
      ];
      expect(new Set(added.map(({ id }) => id)).size).toBe(4);
    });
  });

  describe('the event stream', () => {
    const tellThree = async (job: JobContext<unknown>) => {
      await job.emit('shop', { shop: 'a' });
      await job.progress(0.25);
      await job.emit('shop', { shop: 'b' });
      return 7;
    };
    const THREE = [
      ['shop', { shop: 'a' }],
      ['progress', 0.25],
      ['shop', { shop: 'b' }],
      ['completed', { result: 7 }],
    ];
    const content = (events: JobEvent[]) => events.map(({ type, data }) => [type, data]);

    test('is the same for who reads from the start, comes late, or reads elsewhere', async () => {
      const other = await openAnother();
      const { id } = await queue.add('greet', {});
      const reading = [read(id), Array.fromAsync(other.events(id))];
      await delay(20);
      work(tellThree);
      const [early, elsewhere] = await Promise.all(reading);
      expect(content(early ?? [])).toEqual(THREE);
      expect(elsewhere).toEqual(early);
      expect(await read(id)).toEqual(early);
    });

    test('goes on after the last event that a reader has seen', async () => {
      work(tellThree);
      const { id } = await queue.add('greet', {});
      const all = await read(id);
      for (let seen = 0; seen < all.length; seen += 1) {
        expect(await read(id, { after: all[seen]!.id })).toEqual(all.slice(seen + 1));
      }
      expect(await read(id, { after: 'not an id' })).toEqual(all);
    });

    test('carries each event when it happens, not when the job ends', async () => {
      const release = Promise.withResolvers<void>();
      work(async (job) => {
        await job.emit('first', performance.now());
        await release.promise;
      });
      const { id } = await queue.add('greet', {});
      for await (const event of queue.events(id)) {
        if (event.type === 'first') {
          expect(performance.now() - (event.data as number)).toBeLessThan(90);
          release.resolve();
        }
      }
      expect((await queue.get(id))?.state).toBe('completed');
    });

    test('reaches a thousand readers of one job', async () => {
      const { id } = await queue.add('greet', {});
      const reading = Promise.all(Array.from({ length: 1_000 }, () => read(id)));
      work(tellThree);
      const events = await reading;
      expect(new Set(events.map((each) => JSON.stringify(content(each))))).toEqual(new Set([JSON.stringify(THREE)]));
    });

    test('ends for a reader who has enough, or when the queue closes', async () => {
      const { id } = await queue.add('greet', {});
      const stop = new AbortController();
      const aborted = read(id, { signal: stop.signal });
      const left = read(id);
      await delay(30);
      stop.abort();
      expect(await aborted).toEqual([]);
      expect(await read(id, { signal: stop.signal })).toEqual([]);
      await queue.close();
      opened.splice(opened.indexOf(queue), 1);
      expect(await left).toEqual([]);
    });

    test('of a job that is tried again is one: the failed attempt’s events stay', async () => {
      let attempt = 0;
      work(async (job) => {
        attempt += 1;
        await job.emit('attempt', attempt);
        if (attempt === 1) throw new Error('no');
      });
      const { id } = await queue.add('greet', {}, { attempts: 2 });
      expect(content(await read(id))).toEqual([
        ['attempt', 1],
        ['attempt', 2],
        ['completed', { result: null }],
      ]);
    });
  });

  describe('cancelling', () => {
    test('a waiting job keeps it from being run', async () => {
      const { id } = await queue.add('greet', 'cancelled');
      const delayed = await queue.add('greet', 'cancelled', { delayMs: 60_000 });
      expect(await queue.cancel(id)).toBe(true);
      expect(await queue.cancel(delayed.id)).toBe(true);
      expect(await queue.cancel(id)).toBe(false);
      const run: unknown[] = [];
      work(async (job) => run.push(job.payload));
      await finished((await queue.add('greet', 'kept')).id);
      expect(run).toEqual(['kept']);
      expect(await queue.get(id)).toMatchObject({ state: 'cancelled', result: null, error: null });
      expect((await read(id)).map(({ type }) => type)).toEqual(['cancelled']);
      expect((await queue.get(delayed.id))?.state).toBe('cancelled');
    });

    test.each(['this process', 'another process'])('from %s reaches the handler that runs', async (from) => {
      const canceller = from === 'this process' ? queue : await openAnother();
      const stopped = Promise.withResolvers<unknown>();
      work(async (job) => {
        await job.emit('started', {});
        await once(job.signal, 'abort');
        await job.emit('too late', {});
        stopped.resolve(job.signal.reason);
        throw new Error('stopped');
      });
      const { id } = await queue.add('greet', {}, { attempts: 3 });
      const types: string[] = [];
      for await (const event of queue.events(id)) {
        types.push(event.type);
        if (event.type === 'started') expect(await canceller.cancel(id)).toBe(true);
      }
      expect(types).toEqual(['started', 'cancelled']);
      expect(String(await stopped.promise)).toContain('cancelled');
      await delay(50);
      expect(await queue.get(id)).toMatchObject({ state: 'cancelled', error: null });
      expect(await queue.cancel(id)).toBe(false);
    });

    test('does not change a job that is done', async () => {
      work(async () => 1);
      const { id } = await queue.add('greet', {});
      await finished(id);
      expect(await queue.cancel(id)).toBe(false);
      expect((await queue.get(id))?.state).toBe('completed');
    });

    test('can be taken back by a retry', async () => {
      const { id } = await queue.add('greet', {});
      await queue.cancel(id);
      expect(await queue.retry(id)).toBe(true);
      work(async () => 'run after all');
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'run after all' });
    });
  });

  test('the list is newest first, by state and name', async () => {
    const ids: Record<string, string> = {};
    work(async (job) => {
      if (job.payload === 'fails') throw new Error('no');
    });
    for (const payload of ['succeeds', 'fails']) {
      ids[payload] = (await queue.add('greet', payload)).id;
      await finished(ids[payload]);
      await delay(5);
    }
    ids.waits = (await queue.add('other', {})).id;
    await delay(5);
    ids.delayed = (await queue.add('other', {}, { delayMs: 60_000 })).id;
    await delay(5);
    ids.cancelled = (await queue.add('other', {})).id;
    await queue.cancel(ids.cancelled);

    const listed = async (filter?: Parameters<JobQueue['list']>[0]) =>
      (await queue.list(filter)).map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0]);
    expect(await listed()).toEqual(['cancelled', 'delayed', 'waits', 'fails', 'succeeds']);
    expect(await listed({ limit: 2 })).toEqual(['cancelled', 'delayed']);
    expect(await listed({ name: 'greet' })).toEqual(['fails', 'succeeds']);
    expect(await listed({ state: 'waiting' })).toEqual(['waits']);
    expect(await listed({ state: 'delayed' })).toEqual(['delayed']);
    expect(await listed({ state: 'failed' })).toEqual(['fails']);
    expect(await listed({ state: 'completed' })).toEqual(['succeeds']);
    expect(await listed({ state: 'cancelled' })).toEqual(['cancelled']);
    expect(await listed({ state: 'active' })).toEqual([]);
  });

  test('a schedule runs at once and then at its interval, and goes on when it is made again', async () => {
    const runs: unknown[] = [];
    await queue.schedule('hourly', 'greet', 'scheduled', 2_000);
    work(async (job) => runs.push(job.payload));
    await expect.poll(() => runs, { timeout: 3_000 }).toEqual(['scheduled']);
    await queue.schedule('hourly', 'greet', 'scheduled', 2_000);
    await delay(700);
    expect(runs).toEqual(['scheduled']);
    await expect.poll(() => runs.length, { timeout: 5_000 }).toBe(2);
  });

  describe('closing', () => {
    test('waits for the jobs that run', async () => {
      const started = Promise.withResolvers<void>();
      work(async () => {
        started.resolve();
        await delay(150);
        return 'finished';
      });
      const { id } = await queue.add('greet', {});
      await started.promise;
      await queue.close(5_000);
      opened.splice(opened.indexOf(queue), 1);
      expect(await (await openAnother()).get(id)).toMatchObject({ state: 'completed', result: 'finished' });
    });

    test('gives back those that take too long: another worker runs them, and it costs no attempt', async () => {
      const started = Promise.withResolvers<void>();
      const aborted = Promise.withResolvers<void>();
      work(async (job) => {
        started.resolve();
        await once(job.signal, 'abort');
        aborted.resolve();
      });
      const { id } = await queue.add('greet', {});
      await started.promise;
      await queue.close(50);
      opened.splice(opened.indexOf(queue), 1);
      await aborted.promise;
      queue = await openAnother();
      expect(await queue.get(id)).toMatchObject({ state: 'waiting', attempts: 0 });
      work(async () => 'by another');
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'by another', attempts: 1 });
    });
  });

  describe('a worker that is killed', () => {
    /** A process of its own that takes jobs and never finishes one. */
    const killWorkerOf = async (id: string) => {
      const child = fork(fileURLToPath(new URL('./testing/endless-worker.ts', import.meta.url)), [
        JSON.stringify(where),
      ]);
      processes.push(child);
      for await (const event of queue.events(id)) if (event.type === 'started') break;
      child.kill('SIGKILL');
      await once(child, 'exit');
      await expireLeases(where, id);
    };

    test('costs an attempt: the job is taken again', { timeout: 40_000 }, async () => {
      const { id } = await queue.add('greet', {}, { attempts: 2 });
      await killWorkerOf(id);
      work(async () => 'by another');
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'by another', attempts: 2 });
    });

    test('fails a job that has no attempt left, with the reason', { timeout: 40_000 }, async () => {
      const { id } = await queue.add('greet', {});
      await killWorkerOf(id);
      work(async () => 'never');
      expect(await finished(id)).toMatchObject({ state: 'failed', error: WORKER_DIED });
      expect(await queue.retry(id)).toBe(true);
      expect(await finished(id)).toMatchObject({ state: 'completed', result: 'never' });
    });
  });

  test('jobs survive a restart', async () => {
    const { id } = await queue.add('greet', 'kept', { deduplicationId: 'one' });
    await queue.close();
    opened.splice(opened.indexOf(queue), 1);
    queue = await openAnother();
    expect(await queue.add('greet', 'kept', { deduplicationId: 'one' })).toEqual({ id, deduplicated: true });
    work(async (job) => job.payload);
    expect(await finished(id)).toMatchObject({ state: 'completed', result: 'kept' });
  });
});
