import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
/** What is kept of the server's output, for the message when it does not start. */
const OUTPUT_CHARACTERS = 2_000;

/** A real server that runs for the tests. */
export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/** User and group that a server runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** A folder of its own under the system's, owned by `account` where one is given. */
export function serverFolder(name: string, account?: Account): string {
  const folder = mkdtempSync(join(tmpdir(), `magpie-${name}-`));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port on the loopback address');
  return address.port;
}

/**
 * Starts a server in the foreground and waits until it says that it is ready.
 * @param readyWhen found in its output when it takes connections.
 * @returns stops it and removes its folder.
 * @throws with the server's own last words when it ends or stays silent.
 */
export async function startServer(options: {
  command: string;
  arguments: string[];
  folder: string;
  account?: Account | undefined;
  readyWhen: string;
  stopSignal: NodeJS.Signals;
  /** Stopping leaves the folder where it is. */
  keepFolder?: boolean;
}): Promise<() => Promise<void>> {
  const child = spawn(options.command, options.arguments, {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.account,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      child.kill(options.stopSignal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    }
    if (options.keepFolder !== true) rmSync(options.folder, { recursive: true, force: true });
  };
  try {
    await ready(child, options.command, options.readyWhen);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function ready(child: ChildProcess, command: string, readyWhen: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${command} ${reason}: ${output.trim()}`));
    const timer = setTimeout(() => fail(`was not ready after ${START_TIMEOUT_MS / 1_000} s`), START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS);
      if (output.includes(readyWhen)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`cannot be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? code}`));
    child.once('exit', () => clearTimeout(timer));
  });
}

/** The account of that name, null where the machine has none. */
export function accountOf(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
