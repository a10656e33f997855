import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { operatorToken } from '../../server/access/operator-token.ts';
import { freePort } from '../../server/testing/service-process.ts';
import { startPostgres } from '../../server/testing/start-postgres.ts';
import { startDurableRedis } from './durable-redis.ts';
import { ManagedProcess } from './managed-process.ts';
import { seededRandom } from './random.ts';
import { declareShops } from './shops.ts';
import { type Verdict, verdict } from './verdict.ts';
import { Workload } from './workload.ts';

const N_APIS = 2;
const N_WORKERS = 3;
/** Work goes on between faults. */
const BETWEEN_MS = 4_000;
const AWAY_MS = 6_000;
const FROZEN_MS = 12_000;
const N_POSTGRES_RESTARTS = 3;

/** Two APIs and three workers on Redis and Postgres; each of them, and both services, fail in turn under work. */
export async function crashCluster({ seed, say }: { seed: number; say(sentence: string): void }): Promise<Verdict> {
  const random = seededRandom(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-crash-'));
  const [shops, redis, postgres] = [await declareShops(dataDir), await startDurableRedis(), await startPostgres()];
  const processes: ManagedProcess[] = [];
  try {
    const { secret } = await operatorToken({ dataDir });
    const environment = {
      MAGPIE_DATA_DIR: dataDir,
      MAGPIE_ALLOWED_ORIGINS: shops.origins,
      MAGPIE_RATES_URL: 'none',
      MAGPIE_LOG_LEVEL: 'warn',
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
    };
    const urls: string[] = [];
    for (let n = 1; n <= N_APIS; n += 1) {
      const port = String(await freePort());
      urls.push(`http://127.0.0.1:${port}`);
      processes.push(new ManagedProcess(`API ${n}`, ['--role', 'api'], { ...environment, PORT: port }));
    }
    for (let n = 1; n <= N_WORKERS; n += 1) {
      processes.push(new ManagedProcess(`worker ${n}`, ['--role', 'worker'], environment));
    }
    for (const process of processes) await process.start();
    const workload = new Workload(() => urls, secret, random);
    await workload.start();
    const faults: Record<string, () => Promise<void>> = {
      ...Object.fromEntries(
        processes.map((process) => [
          `${process.name} is killed`,
          async () => {
            await process.kill();
            await process.start();
          },
        ]),
      ),
      'Redis is killed': () => redis.killed(AWAY_MS),
      'Redis is stopped': () => redis.stopped(AWAY_MS),
      'Redis is frozen': () => redis.frozen(FROZEN_MS),
      'Redis is out of memory': () => withoutMemory(redis.url),
      ...Object.fromEntries(
        Array.from({ length: N_POSTGRES_RESTARTS }, (_, n) => [
          `Postgres is restarted (${n + 1})`,
          async () => {
            const go = await postgres.pause();
            await sleep(n * 2_000);
            await go();
          },
        ]),
      ),
    };
    for (const [fault, happen] of Object.entries(faults)) {
      await sleep(BETWEEN_MS);
      await happen();
      say(`${fault}: ${workload.acknowledged.size} events acknowledged by now`);
    }
    await sleep(BETWEEN_MS);
    await workload.stop();
    const stop = async () => {
      for (const process of processes) await process.stop();
    };
    const judged = await verdict(workload, { dataDir, databaseUrl: postgres.url, redisUrl: redis.url }, stop);
    return { ...judged, faults: [...judged.faults, ...processes.flatMap(({ endedByItself }) => endedByItself)] };
  } finally {
    for (const process of processes) await process.kill();
    await Promise.all([shops.close(), redis.stop(), postgres.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Writing commands are refused for a while, as with `noeviction` on a full machine. */
async function withoutMemory(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.config('SET', 'maxmemory', '1mb');
  await sleep(AWAY_MS);
  await redis.config('SET', 'maxmemory', '0');
  redis.disconnect();
}
