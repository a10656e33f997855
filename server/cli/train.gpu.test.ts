import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWebGpu } from '../../shared/recommender/backends/webgpu/webgpu-backend.ts';
import { readTensors } from '../../shared/recommender/model/safetensors.ts';
import { lockGpu } from '../training/gpu-lock.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-train-gpu-'));
  const rows = ['user_id,item_id,rating'];
  for (let user = 0; user < 20; user++)
    for (let item = user % 2; item < 20; item += 3) rows.push(`u${user},i${item},${1 + ((user + item) % 5)}`);
  await writeFile(join(folder, 'ratings.csv'), rows.join('\n'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

type Line = Record<string, unknown>;

function train(backend: string): { lines: AsyncIterable<Line>; exit: Promise<number | null> } {
  const args = ['train', '--ratings', join(folder, 'ratings.csv'), '--out', join(folder, 'model.safetensors')];
  const child = spawn(
    process.execPath,
    [CLI, ...args, '--factors', '4', '--iterations', '3', '--threads', '1', '--json', '--backend', backend],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder } },
  );
  children.push(child);
  async function* lines(): AsyncGenerator<Line> {
    for await (const line of createInterface({ input: child.stdout! })) yield JSON.parse(line) as Line;
  }
  return { lines: lines(), exit: new Promise((resolve) => child.once('close', resolve)) };
}

test('a GPU trains one model at a time, and is named in what it made', async () => {
  const gpu = await openWebGpu();
  const { adapterName } = gpu;
  gpu.close();
  expect(adapterName).toMatch(/SwiftShader/);
  const never = (): never => expect.unreachable();
  const release = await lockGpu(adapterName, { folder, onWait: never, onUnlockable: never });
  const { lines, exit } = train('webgpu');
  const seen: Line[] = [];
  for await (const line of lines) {
    seen.push(line);
    if (line['event'] === 'waiting') release();
  }
  expect(await exit).toBe(0);
  expect(seen[0]).toEqual({ event: 'waiting', adapter: adapterName });
  expect(seen[1]).toMatchObject({ event: 'engine', backend: 'webgpu', adapter: adapterName });
  const engine = `webgpu (${adapterName})`;
  expect(seen.slice(2, -1).map((line) => line['engine'])).toEqual([engine, engine]);
  expect(seen.at(-1)).toMatchObject({ engine, adapter: adapterName, engines: [{ engine, from: 1, to: 3 }] });
  const { metadata } = readTensors(await readFile(join(folder, 'model.safetensors')));
  expect(JSON.parse(metadata.get('training') ?? '')).toMatchObject({ engine, adapter: adapterName });
});

test('auto leaves a processor that poses as a GPU alone, and says so', async () => {
  const { lines, exit } = train('auto');
  const [first] = await Array.fromAsync(lines);
  expect(await exit).toBe(0);
  expect(first).toMatchObject({
    event: 'engine',
    backend: 'threads',
    adapter: null,
    reason: expect.stringMatching(/^1 thread: .*SwiftShader.* is no real GPU/),
  });
});
