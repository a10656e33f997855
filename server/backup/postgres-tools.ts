import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isExecutable } from '../is-executable.ts';
import { OperatorError } from '../operator-error.ts';

/** Where distributions keep Postgres's own tools, a folder for each of its versions. */
const FOLDERS = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql@*/bin'];

/** Of what a tool says when it fails, the first line names the cause. */
const MAX_REASON_CHARACTERS = 500;

/** Path of a tool: on the PATH, else the newest. @throws OperatorError where it is missing */
export function findTool(tool: 'pg_dump' | 'pg_restore'): string {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, tool));
  const elsewhere = FOLDERS.flatMap((pattern) => globSync(join(pattern, tool))).sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  const path = [...onPath, ...elsewhere].find(isExecutable);
  if (path !== undefined) return path;
  throw new OperatorError(
    `the store is in Postgres, whose ${tool} is missing on this machine: install its client programs, of the server's version or a newer one (on Debian "apt-get install postgresql-client")`,
  );
}

/**
 * Runs one of Postgres's own tools on a database.
 * @param url of the database. Its password goes by the environment: arguments can be read by all users of the machine.
 * @param options.signal ends it
 * @throws OperatorError with what it says where it fails; the signal's reason
 */
export async function runTool(
  path: string,
  parameters: readonly string[],
  { url, signal }: { url: string; signal?: AbortSignal },
): Promise<void> {
  signal?.throwIfAborted();
  const { address, password } = split(url);
  const child = spawn(path, [...parameters, '--no-password', `--dbname=${address}`], {
    env: { ...process.env, ...(password !== null && { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = (): boolean => child.kill();
  signal?.addEventListener('abort', stop);
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  try {
    const [code, said] = await Promise.all([ended, text(child.stderr)]);
    signal?.throwIfAborted();
    if (code !== 0) throw new OperatorError(`${basename(path)} failed: ${reasonIn(said)}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** The password may stand before the host, or as a parameter. */
function split(url: string): { address: string; password: string | null } {
  const address = new URL(url);
  const password =
    address.password === '' ? address.searchParams.get('password') : decodeURIComponent(address.password);
  address.password = '';
  address.searchParams.delete('password');
  return { address: address.href, password };
}

function reasonIn(said: string): string {
  const reason = said.trim().split('\n')[0] ?? '';
  return reason.replace(/^pg_\w+: (?:error: )?/, '').slice(0, MAX_REASON_CHARACTERS) || 'it does not say why';
}
