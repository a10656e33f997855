import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { testRedisUrl } from '../testing/test-services.ts';
import { startShopHost } from './testing/shop-host.ts';

const WORKER = new URL('./testing/paced-worker.ts', import.meta.url).pathname;
const PACE_MS = 120;

/** A request is logged when it has arrived, some milliseconds of a busy machine after it was let go. */
const SLACK_MS = 60;

test("two worker processes on Redis keep a shop's declared pace as one would", async () => {
  const redisUrl = await testRedisUrl();
  let inFlight = 0;
  let mostInFlight = 0;
  const shop = await startShopHost(
    Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [
        `/${n}`,
        (_request: unknown, response: { end(text: string): void }) => {
          inFlight += 1;
          mostInFlight = Math.max(mostInFlight, inFlight);
          setTimeout(
            () => {
              inFlight -= 1;
              response.end('ok');
            },
            n % 2 === 0 ? 10 : 2 * PACE_MS,
          ); // quicker than the pace, and slower
        },
      ]),
    ),
  );
  try {
    const paths = Array.from({ length: 12 }, (_, n) => `/${n}`);
    const codes = await Promise.all(
      [paths.slice(0, 6), paths.slice(6)].map(async (own) => {
        const worker = spawn(process.execPath, [WORKER, shop.origin, redisUrl, `${PACE_MS}`, ...own], {
          stdio: 'inherit',
        });
        const [code] = await once(worker, 'exit');
        return code;
      }),
    );
    expect(codes).toEqual([0, 0]);
    expect(shop.pages().sort()).toEqual(paths.sort());
    const gapsMs = shop.log.slice(1).map(({ atMs }, index) => atMs - (shop.log[index]?.atMs ?? 0));
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(PACE_MS - SLACK_MS);
    expect(gapsMs.reduce((sum, gapMs) => sum + gapMs, 0)).toBeGreaterThanOrEqual(11 * PACE_MS - SLACK_MS);
    expect(mostInFlight).toBe(1);
  } finally {
    await shop.close();
  }
});
