import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretsCommand } from './secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await secretsCommand().parseAsync(['--out', path], { from: 'user' });
  return readFile(path, 'utf8');
};

test('writes each secret that docker-compose.yml requires, new each time, for its owner alone', async () => {
  const required = new Set((await readFile('docker-compose.yml', 'utf8')).match(/(?<=\$\{)\w+(?=:\?)/g));
  const text = await write('.env');
  expect(new Set(text.match(/^\w+(?==)/gm))).toEqual(required);
  for (const line of text.trim().split('\n')) expect(line).toMatch(/^\w+=[\w-]{43}$/);
  expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  expect(await write('other')).not.toBe(text);
});

test('a file that is there stays as it is', async () => {
  const text = await write('.env');
  await expect(write('.env')).rejects.toThrow('is there already');
  expect(await readFile(join(folder, '.env'), 'utf8')).toBe(text);
});
