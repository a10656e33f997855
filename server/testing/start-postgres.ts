import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { requireExecutable } from './executables.ts';
import { type Account, accountOf, freePort, serverFolder, startServer, type TestServer } from './service-process.ts';

export interface TestPostgres extends TestServer {
  /** Stops it and keeps its data. @returns starts it again, at the same address. */
  pause(): Promise<() => Promise<void>>;
  /** Stops all its processes where they are, as a machine does that hangs. @returns lets them go on. */
  freeze(): () => void;
}

/** Starts a real Postgres on a free loopback port, with a new cluster whose data is worth nothing. */
export async function startPostgres(): Promise<TestPostgres> {
  // On the PATH it may be a link; the server lies beside the file itself.
  const initdb = realpathSync(requireExecutable('postgres'));
  const account = unprivilegedAccount();
  const folder = serverFolder('postgres', account);
  const cluster = join(folder, 'cluster');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  await promisify(execFile)(
    initdb,
    [
      ...['--pgdata', cluster, '--username', 'magpie', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--no-locale', '--no-sync'],
    ],
    { cwd: folder, ...account },
  );
  const port = await freePort();
  const run = () =>
    startServer({
      command: join(dirname(initdb), 'postgres'),
      arguments: [
        ...['-D', cluster, '-h', '127.0.0.1', '-p', String(port), '-k', folder],
        ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
      ],
      folder,
      account,
      readyWhen: 'database system is ready to accept connections',
      // Fast shutdown: open sessions are ended.
      stopSignal: 'SIGINT',
      keepFolder: true,
    });
  let stopRunning = await run();
  return {
    url: `postgres://magpie:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopRunning();
      rmSync(folder, { recursive: true, force: true });
    },
    async pause() {
      await stopRunning();
      return async () => {
        stopRunning = await run();
      };
    },
    freeze() {
      const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
      // Itself first, so that it starts no others meanwhile.
      process.kill(postmaster, 'SIGSTOP');
      const others = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
        .trim()
        .split(' ')
        .map(Number);
      for (const pid of others) process.kill(pid, 'SIGSTOP');
      return () => {
        for (const pid of [...others, postmaster]) process.kill(pid, 'SIGCONT');
      };
    },
  };
}

/** Postgres refuses to run as root; another user runs it as it is. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = accountOf('postgres') ?? accountOf('nobody');
  if (account === null)
    throw new Error('Postgres does not run as root, and this machine has no user "postgres" or "nobody"');
  return account;
}
