import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testRedisUrl } from '../testing/test-services.ts';
import { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import { createHostPacer, type HostPacer } from './host-pacer.ts';
import { createMemoryPaceLedger } from './memory-pace-ledger.ts';
import type { PaceLedger } from './pace-ledger.ts';
import { createRedisPaceLedger } from './redis-pace-ledger.ts';

/** What a busy machine adds to timers and to answers of Redis. */
const SLACK_MS = 30;

let redis: Redis;
beforeAll(async () => {
  redis = new Redis(await testRedisUrl());
});
afterAll(async () => {
  await redis.quit();
});

let nHosts = 0;
/** Ledgers outlive a test; hosts do not. */
function newHost(): string {
  nHosts += 1;
  return `shop-${nHosts}.example`;
}

interface Visit {
  startMs: number;
  endMs: number;
}

describe.each<[string, () => PaceLedger]>([
  ['memory', createMemoryPaceLedger],
  ['redis', () => createRedisPaceLedger(redis)],
])('pace by the %s ledger', (_name, createLedger) => {
  const SLOT = { minDelayMs: 1000, leaseMs: 5000 };
  const QUICK = { latencyMs: 0, sentAgoMs: null, succeeded: true, retryAfterMs: 0 };

  async function takeNow(ledger: PaceLedger, host: string, request = SLOT): Promise<string> {
    const answer = await ledger.take(host, request);
    if ('waitMs' in answer) throw new Error(`expected a slot, was told to wait ${answer.waitMs} ms`);
    return answer.token;
  }

  async function waitFor(ledger: PaceLedger, host: string, request = SLOT): Promise<number> {
    const answer = await ledger.take(host, request);
    if ('token' in answer) throw new Error('expected to be told to wait, was given the slot');
    return answer.waitMs;
  }

  test('a host that nobody asks is free at once, and so is another', async () => {
    const ledger = createLedger();
    await takeNow(ledger, newHost());
    await takeNow(ledger, newHost());
  });

  test('the slot is for one, until it is given back', async () => {
    const ledger = createLedger();
    const host = newHost();
    const token = await takeNow(ledger, host, { minDelayMs: 0, leaseMs: 5000 });
    expect(await waitFor(ledger, host, { minDelayMs: 0, leaseMs: 5000 })).toBeGreaterThan(0);
    await ledger.release(host, token, QUICK);
    await takeNow(ledger, host, { minDelayMs: 0, leaseMs: 5000 });
  });

  test('the pause runs from start to start', async () => {
    const ledger = createLedger();
    const host = newHost();
    await ledger.release(host, await takeNow(ledger, host), QUICK);
    const waitMs = await waitFor(ledger, host);
    expect(waitMs).toBeGreaterThan(500);
    expect(waitMs).toBeLessThanOrEqual(1000);
  });

  test('the pause runs from when a request left, where a busy process has let it go late', async () => {
    const ledger = createLedger();
    const host = newHost();
    const token = await takeNow(ledger, host);
    await sleepMs(300);
    await ledger.release(host, token, { ...QUICK, sentAgoMs: 0 });
    expect(await waitFor(ledger, host)).toBeGreaterThan(900);
  });

  test('a slow host is asked as slowly as it answers, and gradually faster when it recovers', async () => {
    const ledger = createLedger();
    const host = newHost();
    const noPause = { minDelayMs: 0, leaseMs: 5000 };
    await ledger.release(host, await takeNow(ledger, host, noPause), { ...QUICK, latencyMs: 300 });
    const slowMs = await waitFor(ledger, host, noPause);
    expect(slowMs).toBeGreaterThan(100);
    await sleepMs(slowMs + 5);
    await ledger.release(host, await takeNow(ledger, host, noPause), { ...QUICK, latencyMs: 10 });
    const recoveringMs = await waitFor(ledger, host, noPause); // the mean of 300 and 10
    expect(recoveringMs).toBeGreaterThan(50);
    expect(recoveringMs).toBeLessThanOrEqual(156);
  });

  test('a quick failure makes the pace no faster', async () => {
    const ledger = createLedger();
    const host = newHost();
    const noPause = { minDelayMs: 0, leaseMs: 5000 };
    await ledger.release(host, await takeNow(ledger, host, noPause), { ...QUICK, latencyMs: 200 });
    await sleepMs(205);
    const failed = { latencyMs: 1, sentAgoMs: null, succeeded: false, retryAfterMs: 0 };
    await ledger.release(host, await takeNow(ledger, host, noPause), failed);
    expect(await waitFor(ledger, host, noPause)).toBeGreaterThan(100);
  });

  test('a host that asks for a pause gets it', async () => {
    const ledger = createLedger();
    const host = newHost();
    const busy = { latencyMs: 1, sentAgoMs: null, succeeded: false, retryAfterMs: 30_000 };
    await ledger.release(host, await takeNow(ledger, host), busy);
    expect(await waitFor(ledger, host)).toBeGreaterThan(29_000);
  });

  test('whoever dies within a request holds the slot no longer than its lease, and frees nobody else’s', async () => {
    const ledger = createLedger();
    const host = newHost();
    const dead = await takeNow(ledger, host, { minDelayMs: 0, leaseMs: 60 });
    await sleepMs(80);
    await takeNow(ledger, host, { minDelayMs: 0, leaseMs: 5000 });
    await ledger.release(host, dead, QUICK);
    expect(await waitFor(ledger, host, { minDelayMs: 0, leaseMs: 5000 })).toBeGreaterThan(0);
  });

  test('two processes keep one pace together: never two at once, never too soon', async () => {
    const ledger = createLedger();
    const pacers = [createHostPacer(ledger), createHostPacer(ledger)];
    const host = newHost();
    const visits: Visit[] = [];
    await Promise.all(pacers.flatMap((pacer) => [1, 2, 3].map(() => visit(pacer, host, visits, 60))));
    visits.sort((a, b) => a.startMs - b.startMs);
    expect(visits).toHaveLength(6);
    for (const [index, next] of visits.slice(1).entries()) {
      const previous = visits[index];
      expect(next.startMs - (previous?.startMs ?? 0)).toBeGreaterThanOrEqual(60 - SLACK_MS);
      expect(next.startMs).toBeGreaterThanOrEqual(previous?.endMs ?? 0);
    }
    const [first, last] = [visits[0], visits.at(-1)];
    expect((last?.startMs ?? 0) - (first?.startMs ?? 0)).toBeGreaterThanOrEqual(5 * 60 - SLACK_MS);
  });

  test('a line is first come, first served, and whoever leaves it holds nobody up', async () => {
    const pacer = createHostPacer(createLedger());
    const host = newHost();
    const order: string[] = [];
    const turn = (name: string, timeoutMs?: number) =>
      visit(pacer, host, [], 40, timeoutMs).then(() => order.push(name));
    const first = turn('first');
    const hasty = turn('hasty', 10);
    await Promise.all([
      first,
      expect(hasty).rejects.toMatchObject({ reason: 'rate_limited' }),
      turn('second'),
      turn('third'),
    ]);
    expect(order).toEqual(['first', 'second', 'third']);
  });

  test('a turn that cannot come in time is refused at once', async () => {
    const pacer = createHostPacer(createLedger());
    const host = newHost();
    await visit(pacer, host, [], 5000);
    const startedAtMs = performance.now();
    await expect(visit(pacer, host, [], 5000, 1000)).rejects.toMatchObject({ reason: 'rate_limited' });
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });

  test('a failed request gives the slot back, with what it learned', async () => {
    const ledger = createLedger();
    const pacer = createHostPacer(ledger);
    const host = newHost();
    const url = new URL(`http://${host}/`);
    const deadline = new Deadline(1000);
    const failing = pacer.run({ queue: host, url, minDelayMs: 0, deadline }, async () => {
      throw new FetchError('http_status', 'busy', { url: url.href, status: 503, retryAfterMs: 20_000 });
    });
    await expect(failing).rejects.toMatchObject({ reason: 'http_status' });
    deadline.dispose();
    expect(await waitFor(ledger, host)).toBeGreaterThan(19_000);
  });
});

async function visit(pacer: HostPacer, host: string, visits: Visit[], minDelayMs: number, timeoutMs = 5000) {
  const deadline = new Deadline(timeoutMs);
  try {
    await pacer.run({ queue: host, url: new URL(`http://${host}/`), minDelayMs, deadline }, async () => {
      const startMs = performance.now();
      await sleepMs(20);
      visits.push({ startMs, endMs: performance.now() });
      return { latencyMs: 20, sentAtMs: startMs };
    });
  } finally {
    deadline.dispose();
  }
}

function sleepMs(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
