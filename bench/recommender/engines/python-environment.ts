import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const REQUIREMENTS = new URL('./requirements.txt', import.meta.url).pathname;
/** Wheels of some 60 MB; a network that has not brought them by then will not. */
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * A Python in which the pinned `implicit` is installed; made at the first call, below a folder that git ignores.
 * @throws Error whose message says, in one line, what is missing
 */
export async function pythonWithImplicit(cacheFolder: string): Promise<string> {
  const folder = join(cacheFolder, 'python');
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.txt');
  const wanted = await readFile(REQUIREMENTS, 'utf8');
  const installed = await readFile(stamp, 'utf8').catch(() => null);
  if (installed === wanted) return python;
  await rm(folder, { recursive: true, force: true });
  await mkdir(cacheFolder, { recursive: true });
  await attempt('there is no python3 that makes environments', 'python3', ['-m', 'venv', folder]);
  await attempt('implicit could not be installed', python, [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'],
    ...['-r', REQUIREMENTS],
  ]);
  await writeFile(stamp, wanted);
  return python;
}

async function attempt(otherwise: string, command: string, parameters: string[]): Promise<void> {
  try {
    await run(command, parameters, { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const lastLine = stderr.trim().split('\n').at(-1);
    throw new Error(`${otherwise} (${lastLine || message.split('\n')[0]})`, { cause: error });
  }
}
