import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { requireExecutable } from '../../server/testing/executables.ts';
import { freePort, serverFolder } from '../../server/testing/service-process.ts';

/** A Redis that keeps each command on disk, as `docker-compose.yml` has it, and can be made to fail. */
export async function startDurableRedis() {
  const command = requireExecutable('redis');
  const port = await freePort();
  const folder = serverFolder('redis');
  const url = `redis://127.0.0.1:${port}`;
  const run = async () => {
    const child = spawn(
      command,
      [
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''],
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ],
      { stdio: 'ignore' },
    );
    const probe = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    probe.on('error', () => {});
    while ((await probe.ping().catch(() => null)) !== 'PONG') await sleep(100);
    probe.disconnect();
    return child;
  };
  let child = await run();
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url,
    /** Away without a goodbye, and back. */
    async killed(forMs: number) {
      await end('SIGKILL');
      await sleep(forMs);
      child = await run();
    },
    async stopped(forMs: number) {
      await end('SIGTERM');
      await sleep(forMs);
      child = await run();
    },
    /** Takes connections and answers nothing. */
    async frozen(forMs: number) {
      child.kill('SIGSTOP');
      await sleep(forMs);
      child.kill('SIGCONT');
    },
    async stop() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
