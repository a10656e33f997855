import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeTensors } from '../../shared/recommender/model/safetensors.ts';
import type { Checkpoint } from '../../shared/recommender/training/checkpoint.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import { checkSameTask, readCheckpoint, type TrainingTask, writeCheckpoint } from './checkpoint-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true }));

const task: TrainingTask = {
  parameters: { ...defaultParameters('implicit'), nFactors: 2 },
  validate: 0.1,
  data: 'a hash',
  eventsUpTo: 77,
};
const factors = (first: number) => ({
  users: Float32Array.from([first, 2, 3, 4]),
  items: Float32Array.from([5, 6, 7, 8, 9, 10]),
});
const checkpoint: Checkpoint = {
  factors: factors(1),
  iteration: 9,
  initialGradientNorm: 12.5,
  restarts: 2,
  seconds: 31.25,
  best: { factors: factors(0.5), iteration: 7, score: 0.25 },
  engines: [
    { engine: 'webgpu (a GPU)', from: 1, to: 6 },
    { engine: 'threads (2)', from: 7, to: 9 },
  ],
};

test('a checkpoint is read as it was written, the best point with it, and nothing else is left behind', async () => {
  const path = join(folder, 'new', 'training.safetensors');
  await writeCheckpoint(path, { ...checkpoint, iteration: 8, best: null }, task);
  expect((await readCheckpoint(path)).checkpoint).toEqual({ ...checkpoint, iteration: 8, best: null });
  await writeCheckpoint(path, checkpoint, task);
  expect(await readCheckpoint(path)).toEqual({ checkpoint, task });
  expect(await readdir(join(folder, 'new'))).toEqual(['training.safetensors']);
});

test('only the server’s own user reads it: it holds what shoppers like', async () => {
  const path = join(folder, 'training.safetensors');
  await writeCheckpoint(path, checkpoint, task);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('how long a training goes on may change while it rests, and nothing else', () => {
  const saved = { checkpoint, task: { ...task, parameters: { ...task.parameters } } };
  const going = (parameters: Partial<TrainingTask['parameters']>) => (): void =>
    checkSameTask('c', saved, { ...task, parameters: { ...task.parameters, ...parameters } });
  expect(going({ iterations: 99, tolerance: 0.01 })).not.toThrow();
  expect(going({ seed: 2 })).toThrow('the checkpoint c is of a training with seed 1, not 2');
  expect(going({ nFactors: 3 })).toThrow('with factors 2, not 3');
  expect(going({ solver: 'cholesky' })).toThrow('with solver "cg", not "cholesky"');
});

test('a file that is something else, or was damaged, is refused in one line', async () => {
  const path = join(folder, 'x');
  const contents = [
    new Uint8Array(20),
    writeTensors({ tensors: new Map(), metadata: new Map([['format', 'magpie-factor-model-1']]) }),
    writeTensors({ tensors: new Map(), metadata: new Map([['format', 'magpie-checkpoint-1']]) }),
    writeTensors({
      tensors: new Map(),
      metadata: new Map([
        ['format', 'magpie-checkpoint-1'],
        ['state', '{"iteration":-1}'],
      ]),
    }),
  ];
  for (const bytes of contents) {
    await writeFile(path, bytes);
    await expect(readCheckpoint(path)).rejects.toThrow(/^\S+ is not a checkpoint that can be read: [^\n]+$/);
  }
});
