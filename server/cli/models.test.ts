import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-models-'));
  const rows = Array.from({ length: 200 }, (_, i) => `u${i % 20},i${(i * 7) % 31},${1 + (i % 5)}`);
  await writeFile(join(folder, 'ratings.csv'), ['user_id,item_id,rating', ...rows].join('\n'));
  await magpie('import', 'events', 'csv', join(folder, 'ratings.csv'));
});
afterAll(() => rm(folder, { recursive: true }));

async function magpie(...args: string[]): Promise<string> {
  const env = { ...process.env, MAGPIE_DATA_DIR: join(folder, 'data'), DATABASE_URL: '', REDIS_URL: '' };
  return promisify(execFile)(process.execPath, [CLI, ...args], { env }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );
}

const TRAIN = ['train', '--feedback', 'explicit', '--factors', '2', '--iterations', '2', '--threads', '1'];

test('a model that is only registered waits; the list shows what each is worth and which can answer', async () => {
  await magpie(...TRAIN, '--validate', '0.2');
  const trained = await magpie(...TRAIN, '--no-promote');
  const version = /model (\S+) is registered: "magpie models promote \S+" lets it answer/.exec(trained)?.[1] ?? '';
  const [headings, waiting, answering] = (await magpie('models', 'list')).trimEnd().split('\n');
  expect(headings).toMatch(/^ +version +made +file +feedback +factors +validation +loss +engine$/);
  expect(waiting).toMatch(
    new RegExp(`^   ${version}  .*Z  whole  explicit  2        –            +\\d+\\.\\d  threads \\(1\\)$`),
  );
  expect(answering).toMatch(/^→ {2}\S+ {2}.*Z {2}whole {2}explicit {2}2 {8}rmse \d\.\d{4} +\d+\.\d +threads \(1\)$/);
  expect(answering?.indexOf('threads')).toBe(headings?.indexOf('engine'));

  const [file] = (await readdir(join(folder, 'data', 'models'))).filter((name) => name.startsWith(version));
  await rm(join(folder, 'data', 'models', file!));
  expect(await magpie('models', 'promote', version)).toMatch(
    /^magpie: model \S+ cannot answer \(its file is missing\)/,
  );
  const list = await magpie('models', 'list');
  expect(list).toContain(`${version} cannot answer: its file is missing`);
  expect(list).toMatch(/ {2}missing {2}explicit/);
  expect(await magpie('models', 'rollback')).toMatch(/^magpie: no model answered before the current one/);
}, 60_000);

test('--no-promote is for the store', async () => {
  const onFile = ['--ratings', join(folder, 'ratings.csv'), '--out', join(folder, 'm.safetensors')];
  expect(await magpie(...TRAIN, ...onFile, '--no-promote')).toMatch(
    /^magpie: --no-promote is for training on the store/,
  );
});
