import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = import.meta.dirname;

it('the demo world shares nothing with the price reader that is tried on it', async () => {
  const files = (await readdir(FOLDER, { recursive: true })).filter(
    (file) => /\.(ts|json)$/.test(file) && !file.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(50);
  const reader = ['shared', 'prices'].join('/');
  for (const file of files) expect(await readFile(join(FOLDER, file), 'utf8'), file).not.toContain(reader);
});
