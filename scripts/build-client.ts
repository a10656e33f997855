/** Builds the PWA when there is no build, or when a source file is newer than it. `npm start` runs it first. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['client', 'shared', 'shaders', 'vite.config.ts', 'package-lock.json'];

function newest(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const builtAt = statSync(join(root, 'dist/client/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (Math.max(...SOURCES.map((source) => newest(join(root, source)))) > builtAt) {
  console.log('Building the app …');
  const { status } = spawnSync('vite', ['build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('magpie: the app could not be built: see above');
    process.exitCode = 1;
  }
}
