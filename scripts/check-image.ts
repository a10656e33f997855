/**
 * `npm run check:image`: the Dockerfile and docker-compose.yml by every linter that can be installed (needs Python and a
 * registry), then the image as a folder: built as the Dockerfile says and run as its user. It needs no Docker engine,
 * and so says nothing about what only an engine does: base images, capabilities, read-only roots, networks.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFolder } from './image/build-folder.ts';
import { lintImage } from './image/linters.ts';
import { tryFolder } from './image/try-folder.ts';
import { provide } from './provide.ts';

const context = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const scratch = mkdtempSync(join(tmpdir(), 'magpie-image-'));
// The image's user reads it.
chmodSync(scratch, 0o755);
const folder = (name: string): string => {
  const path = join(scratch, name);
  mkdirSync(path);
  return path;
};

try {
  const found = lintImage(join(context, 'node_modules/.cache/image-linters'));
  console.log('▶ the image as a folder');
  await provide(['redis', 'postgres']);
  const image = buildFolder(context, 'runtime', folder('stages'));
  for (const command of image.notRun) console.log(`  not run, since it is for the image's own system: ${command}`);
  await tryFolder(image, folder('containers'));
  console.log(found.length === 0 ? '\nno findings' : `\nfindings of ${found.join(', ')}`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
