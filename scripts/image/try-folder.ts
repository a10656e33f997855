import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../server/testing/service-process.ts';
import { startPostgres } from '../../server/testing/start-postgres.ts';
import { startRedis } from '../../server/testing/start-redis.ts';
import type { FolderImage } from './build-folder.ts';

/** How long `docker stop` waits by default before it kills. */
const KILLED_AFTER_MS = 10_000;
/** A first start trains a model. */
const READY_MS = 300_000;

interface Container {
  name: string;
  url: string;
  /** Runs a command as the image's user with this container's environment. @returns its status. */
  exec(command: readonly string[]): Promise<number>;
  /** @throws unless it ends by itself, with status 0. */
  stop(): Promise<void>;
}

/**
 * Runs the image's processes as its user, who owns nothing of it, on a real Redis and Postgres: API and worker as in
 * docker-compose.yml, then the image's own command, which brings the demo.
 * @param scratch an empty folder for data and temporary files. @throws what does not hold.
 */
export async function tryFolder(image: FolderImage, scratch: string): Promise<void> {
  const prepared = prepare(image, scratch);
  const cleanups: (() => Promise<void>)[] = [];
  try {
    const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    cleanups.push(redis.stop, postgres.stop);
    const services = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    const start = async (name: string, command: string[], env: Record<string, string>): Promise<Container> => {
      const container = await startContainer(prepared, name, [...command, '--json'], env);
      cleanups.unshift(() => container.stop());
      return container;
    };
    const serve = ['node', 'server/cli.ts', 'serve', '--no-demo', '--role'];
    const data = prepared.folder('data');
    const api = await start('api', [...serve, 'api'], { ...services, MAGPIE_DATA_DIR: data });
    await start('worker', [...serve, 'worker'], { ...services, MAGPIE_DATA_DIR: data });
    await expectStatus(api, image.healthcheck, 0, 'the health check');
    await expectAnswer(`${api.url}/`, 'text/html');
    await expectAnswer(`${api.url}/openapi.json`, 'application/json');
    await expectAnswer(`${api.url}/docs/swagger-ui.css`, 'text/css');
    // The worker makes it.
    await expectAnswer(`${api.url}/compare_price?product=kettle`, 'application/json');
    if (image.user.uid !== process.getuid?.()) {
      const write = 'require("node:fs").writeFileSync("server/cli.ts", "")';
      await expectStatus(api, ['node', '--eval', write], 1, 'a change of its own code');
    }

    const demo = await start('demo', image.command, { MAGPIE_DATA_DIR: prepared.folder('demo-data') });
    await expectStatus(demo, image.healthcheck, 0, 'the health check');
    await expectAnswer(`${demo.url}/recommendations?user_id=123`, 'application/json');
    await expectAnswer(`${demo.url}/compare_price?product=headphones`, 'application/json');
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

interface Prepared {
  image: FolderImage;
  /** Whom this user may not become, it stays itself: then nothing is said about ownership. */
  account: { uid: number; gid: number } | Record<string, never>;
  path: string;
  folder(name: string): string;
}

/** The base image's Node, and the folders that are volumes or in memory. */
function prepare(image: FolderImage, scratch: string): Prepared {
  const isRoot = process.getuid?.() === 0;
  const folder = (name: string): string => {
    const path = join(scratch, name);
    mkdirSync(path);
    if (isRoot) chownSync(path, image.user.uid, image.user.gid);
    return path;
  };
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  copyFileSync(process.execPath, join(bin, 'node'));
  chmodSync(join(bin, 'node'), 0o755);
  return { image, account: isRoot ? image.user : {}, path: bin, folder };
}

async function startContainer(
  { image, account, path, folder }: Prepared,
  name: string,
  [program, ...parameters]: string[],
  environment: Record<string, string>,
): Promise<Container> {
  const port = await freePort();
  const env = {
    ...image.env,
    // Only this machine may reach it.
    HOST: '127.0.0.1',
    PORT: String(port),
    PATH: path,
    TMPDIR: folder(`${name}-tmp`),
    ...environment,
  };
  const options = { cwd: image.workdir, env, ...account };
  const child = spawn(join(path, program!), parameters, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await ready(child, name);
  console.log(`  ${name} is ready`);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    async exec([execProgram, ...execParameters]) {
      const executed = spawn(join(path, execProgram!), execParameters, { ...options, stdio: 'ignore' });
      const [code] = await once(executed, 'exit');
      return Number(code);
    },
    async stop() {
      const beganMs = performance.now();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), KILLED_AFTER_MS);
      const [code, signal] = await ended;
      clearTimeout(timer);
      if (code !== 0) throw new Error(`${name} did not stop by itself: it ended with ${signal ?? `status ${code}`}`);
      console.log(`  ${name} has stopped after ${((performance.now() - beganMs) / 1000).toFixed(1)} s`);
    },
  };
}

async function ready(child: ChildProcess & { stdout: NodeJS.ReadableStream }, name: string): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_MS);
  const lines = createInterface({ input: child.stdout });
  let isReady = false;
  for await (const line of lines) {
    isReady = line.includes('"event":"ready"');
    if (isReady) break;
  }
  clearTimeout(timer);
  child.stdout.resume();
  if (!isReady) throw new Error(`${name} ended before it was ready`);
}

async function expectStatus(
  container: Container,
  command: readonly string[],
  expected: number,
  what: string,
): Promise<void> {
  const status = await container.exec(command);
  if (status !== expected) throw new Error(`${what} in ${container.name} ends with status ${status}, not ${expected}`);
  console.log(`  ${container.name}: ${what} ends with status ${status}`);
}

async function expectAnswer(url: string, type: string): Promise<void> {
  const response = await fetch(url);
  const isExpected = response.status === 200 && response.headers.get('content-type')?.startsWith(type);
  if (!isExpected) throw new Error(`${url} answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
  await response.body?.cancel();
  console.log(`  ${new URL(url).pathname} answers`);
}
