import { requireExecutable } from './executables.ts';
import { freePort, serverFolder, startServer, type TestServer } from './service-process.ts';

/** Each test takes a database of its own, by its number in the URL. */
const REDIS_DATABASES = 1_000;

/** Starts a real Redis on a loopback port, a free one unless told, which keeps nothing on disk. */
export async function startRedis(options: { port?: number } = {}): Promise<TestServer> {
  const command = requireExecutable('redis');
  const port = options.port ?? (await freePort());
  const folder = serverFolder('redis');
  const stop = await startServer({
    command,
    arguments: [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
      ...['--save', '', '--appendonly', 'no', '--databases', String(REDIS_DATABASES)],
    ],
    folder,
    readyWhen: 'Ready to accept connections',
    stopSignal: 'SIGTERM',
  });
  return { url: `redis://127.0.0.1:${port}`, stop };
}
