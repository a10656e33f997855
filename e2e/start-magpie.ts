import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Filling an empty store and training the first model takes 20 s on two cores. */
const START_MS = 180_000;

/** Starts `magpie serve` on a free port with an empty data folder, as a newcomer would. @returns stops it */
export default async function startMagpie(): Promise<() => Promise<void>> {
  if (!existsSync(join(root, 'dist/client/index.html'))) {
    throw new Error('There is no built app to test: run "npm run build" first.');
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-e2e-'));
  const server = spawn('node', ['server/cli.ts', 'serve', '--json'], {
    cwd: root,
    env: { ...process.env, PORT: '0', MAGPIE_DATA_DIR: dataDir, MAGPIE_RATES_URL: 'none', MAGPIE_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`magpie serve ended with ${code} before it was ready`)));
  });
  ended.catch(() => {});
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`magpie serve was not ready after ${START_MS / 1000} s`)), START_MS).unref();
  });
  process.env['MAGPIE_E2E_URL'] = await Promise.race([readyUrl(server.stdout), ended, late]);

  return async () => {
    const stopped = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await stopped;
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function readyUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: stdout });
  // The stream is read to its end, or a full pipe would halt the server.
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const said: unknown = JSON.parse(line);
      if (typeof said !== 'object' || said === null || !('url' in said)) return;
      if (typeof said.url === 'string') resolve(said.url);
    });
  });
}
