import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.cache/check-api', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Makes a virtual environment with what `requirements.txt` names, once. @returns path of a program in it. */
export function pythonEnvironment(): (program: string) => string {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const stamp = join(FOLDER, 'requirements.sha256');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    execFileSync('python3', ['-m', 'venv', '--clear', FOLDER], { stdio: 'inherit' });
    execFileSync(join(FOLDER, 'bin/pip'), ['install', '--quiet', '--requirement', REQUIREMENTS], { stdio: 'inherit' });
    writeFileSync(stamp, wanted);
  }
  return (program) => join(FOLDER, 'bin', program);
}
