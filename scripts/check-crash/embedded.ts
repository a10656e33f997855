import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operatorToken } from '../../server/access/operator-token.ts';
import { freePort } from '../../server/testing/service-process.ts';
import { ManagedProcess } from './managed-process.ts';
import { seededRandom } from './random.ts';
import { declareShops } from './shops.ts';
import { type Verdict, verdict } from './verdict.ts';
import { Workload } from './workload.ts';

/** How long a server runs before it is killed, from when it was started: also before it is ready. */
const LIVES_MS = { min: 500, max: 8_000 };
/** Once in so many kills it is let be until it is ready, so that work is done between. */
const READY_EVERY = 2;

/** A server on embedded defaults, killed at random while clients write, compare and train. */
export async function crashEmbedded({
  nKills,
  seed,
  say,
}: {
  nKills: number;
  seed: number;
  say(sentence: string): void;
}): Promise<Verdict> {
  const random = seededRandom(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-crash-'));
  const shops = await declareShops(dataDir);
  try {
    const { secret } = await operatorToken({ dataDir });
    const port = await freePort();
    const server = new ManagedProcess('the server', [], {
      PORT: String(port),
      MAGPIE_DATA_DIR: dataDir,
      MAGPIE_ALLOWED_ORIGINS: shops.origins,
      MAGPIE_RATES_URL: 'none',
      MAGPIE_LOG_LEVEL: 'warn',
    });
    await server.start();
    const workload = new Workload(() => [`http://127.0.0.1:${port}`], secret, random);
    await workload.start();
    for (let n = 0; n < nKills; n += 1) {
      const starting = n === 0 ? null : server.start();
      if (n % READY_EVERY === 0) await starting;
      await sleep(LIVES_MS.min + random() * (LIVES_MS.max - LIVES_MS.min));
      await server.kill();
      await starting;
      if ((n + 1) % 10 === 0) say(`killed ${n + 1} times, ${workload.acknowledged.size} events acknowledged`);
    }
    await server.start();
    await workload.stop();
    const judged = await verdict(workload, { dataDir, databaseUrl: null, redisUrl: null }, () => server.stop());
    return { ...judged, faults: [...judged.faults, ...server.endedByItself] };
  } finally {
    await shops.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
