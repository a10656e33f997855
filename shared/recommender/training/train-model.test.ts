import { afterEach, describe, expect, test, vi } from 'vitest';
import { referenceBackend } from '../backends/reference/reference-backend.ts';
import { threadsBackend } from '../backends/threads/threads-backend.ts';
import { buildInteractions } from '../interactions/build-interactions.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { Dataset } from '../interactions/interactions.ts';
import type { Checkpoint } from './checkpoint.ts';
import { defaultParameters, type TrainingParameters } from './parameters.ts';
import { seededRandom } from './random-start.ts';
import { trainModel } from './train-model.ts';

/** Two kinds of people and of things: people of one kind like the things of one kind only. */
function twoTastes(nUsers = 40, nItems = 30): Dataset {
  const random = seededRandom(5);
  const [users, items, values]: [number[], number[], number[]] = [[], [], []];
  for (let user = 0; user < nUsers; user++) {
    for (let item = 0; item < nItems; item++) {
      if (random() > 0.5) continue;
      users.push(user);
      items.push(item);
      values.push(user % 2 === item % 2 ? 5 : 1);
    }
  }
  const triples = {
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    values: Float32Array.from(values),
    timestamps: null,
  };
  return {
    users: IdMap.of(Array.from({ length: nUsers }, (_, i) => `user ${i}`)),
    items: IdMap.of(Array.from({ length: nItems }, (_, i) => `item ${i}`)),
    interactions: buildInteractions(triples, { nUsers, nItems }, 'last'),
  };
}

const backend = threadsBackend({ useWorkers: false });
const dataset = twoTastes();
const explicit: TrainingParameters = { ...defaultParameters('explicit'), nFactors: 4, lambda: 0.02, iterations: 12 };

describe('training', () => {
  test('finds out who likes what', async () => {
    const { model } = await trainModel(dataset, explicit, { backend });
    for (let user = 0; user < 40; user++) {
      for (let item = 0; item < 30; item++) {
        let score = 0;
        for (let f = 0; f < 4; f++) score += model.userFactors[4 * user + f]! * model.itemFactors[4 * item + f]!;
        expect(score).toBeCloseTo(user % 2 === item % 2 ? 5 : 1, -0.3);
      }
    }
  });

  test('reports every iteration from the start on, and says how it ended', async () => {
    const seen: number[] = [];
    const result = await trainModel(dataset, explicit, {
      backend,
      onIteration: ({ iteration }) => seen.push(iteration),
    });
    expect(seen).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.reports.map(({ iteration }) => iteration)).toEqual(seen);
    expect(result).toMatchObject({ stopped: 'iterations', chosenIteration: 12 });
    expect(result.reports[0]).toMatchObject({ alpha: null, beta: null });
    expect(result.engine).toContain('threads');
    for (const { seconds, ratingsPerSecond } of result.reports) {
      expect(seconds).toBeGreaterThan(0);
      expect(ratingsPerSecond).toBeGreaterThan(0);
    }
  });

  test('gives the same model for the same seed, and another for another', async () => {
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map((seed) => trainModel(dataset, { ...explicit, seed }, { backend })),
    );
    expect(a?.model.userFactors).toEqual(b?.model.userFactors);
    expect(a?.model.userFactors).not.toEqual(c?.model.userFactors);
  });

  test('gives nearly the same loss on every backend', async () => {
    const runs = await Promise.all(
      [backend, referenceBackend].map((engine) => trainModel(dataset, explicit, { backend: engine })),
    );
    const [a = 0, b = 0] = runs.map(({ reports }) => reports.at(-1)?.loss);
    expect(Math.abs(a / b - 1)).toBeLessThan(1e-4);
  });

  test('keeps the model that the validation likes best, not the last', async () => {
    const scores = [5, 4, 1, 3, 2, 6, 7, 8, 9, 10, 11];
    const atBest: number[] = [];
    const result = await trainModel(dataset, explicit, {
      backend,
      validation: {
        metric: 'error',
        isHigherBetter: false,
        score({ users }) {
          const score = scores.shift()!;
          if (score === 1) atBest.push(...users);
          return score;
        },
      },
    });
    expect(result).toMatchObject({
      chosenIteration: 4,
      stopped: 'iterations',
      validation: { metric: 'error', score: 1 },
    });
    expect(result.reports.map(({ validation }) => validation)).toEqual([5, 4, 1, 3, 2, 6, 7, 8, 9, 10, 11]);
    expect([...result.model.userFactors]).toEqual(atBest);
  });

  test('ends when the validation has not improved for as many iterations as its patience', async () => {
    const scores = [0.1, 0.5, 0.4, 0.45, 0.3, 0.9];
    const validation = { metric: 'hits', isHigherBetter: true, patience: 3, score: () => scores.shift()! };
    const result = await trainModel(dataset, explicit, { backend, validation });
    expect(result).toMatchObject({ stopped: 'no improvement', chosenIteration: 3 });
    expect(result.reports.map(({ iteration }) => iteration)).toEqual([2, 3, 4, 5, 6]);
  });

  test('goes on from a checkpoint, and knows who did what and how long it took', async () => {
    const whole = await trainModel(dataset, explicit, { backend });
    const checkpoints: Checkpoint[] = [];
    const stop = new AbortController();
    const half = await trainModel(dataset, explicit, {
      backend: referenceBackend,
      stopSignal: stop.signal,
      onIteration: ({ iteration }) => iteration === 6 && stop.abort(),
      onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
    });
    const resumed = await trainModel(dataset, explicit, { backend, resumeFrom: checkpoints[0]! });
    expect(resumed.reports.map(({ iteration }) => iteration)).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(resumed.reports[0]!.loss / half.reports.at(-1)!.loss).toBeCloseTo(1, 5);
    expect(resumed.reports.at(-1)!.loss / whole.reports.at(-1)!.loss).toBeCloseTo(1, 1);
    expect(resumed.reports[0]!.seconds).toBeGreaterThan(half.reports.at(-1)!.seconds);
    expect(resumed.engines).toEqual([
      { engine: 'reference', from: 1, to: 6 },
      { engine: resumed.engine, from: 7, to: 12 },
    ]);
  });

  test('goes back to the best iteration before the checkpoint where none after it is better', async () => {
    const checkpoints: Checkpoint[] = [];
    const score = (scores: number[]) => ({ metric: 'hits', isHigherBetter: true, score: () => scores.shift()! });
    await trainModel(
      dataset,
      { ...explicit, iterations: 5 },
      {
        backend,
        validation: score([1, 9, 2, 3]),
        checkpointIntervalMs: 0,
        onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
      },
    );
    const last = checkpoints.at(-1)!;
    expect(last).toMatchObject({ iteration: 5, best: { iteration: 3, score: 9 } });
    const resumed = await trainModel(dataset, explicit, {
      backend,
      validation: score([3, 4, 5, 6, 7, 8, 7, 6]),
      resumeFrom: last,
    });
    expect(resumed.chosenIteration).toBe(3);
    expect(resumed.model.userFactors).toEqual(last.best!.factors.users);
  });

  test('refuses a checkpoint that is past the iterations asked for', async () => {
    const checkpoints: Checkpoint[] = [];
    const onCheckpoint = (checkpoint: Checkpoint) => void checkpoints.push(checkpoint);
    await trainModel(dataset, explicit, { backend, checkpointIntervalMs: 0, onCheckpoint });
    const resumeFrom = checkpoints.at(-1)!;
    await expect(trainModel(dataset, { ...explicit, iterations: 7 }, { backend, resumeFrom })).rejects.toThrow(
      /at iteration 12 already, past the 7/,
    );
  });

  test('stops at the end of an iteration with the model so far and a last checkpoint', async () => {
    const stop = new AbortController();
    const checkpoints: Checkpoint[] = [];
    const result = await trainModel(dataset, explicit, {
      backend,
      stopSignal: stop.signal,
      onIteration: ({ iteration }) => iteration === 5 && stop.abort(),
      onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
    });
    expect(result).toMatchObject({ stopped: 'stopped', chosenIteration: 5 });
    expect(checkpoints.map(({ iteration }) => iteration)).toEqual([5]);
    expect(result.model.userFactors).toEqual(checkpoints[0]!.factors.users);
  });

  test('ends with the signal’s reason when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('the shop closes');
    const training = trainModel(dataset, explicit, {
      backend,
      signal: controller.signal,
      onIteration: ({ iteration }) => iteration === 4 && controller.abort(reason),
    });
    await expect(training).rejects.toBe(reason);
  });

  test.for<[string, Partial<TrainingParameters>]>([
    ['nFactors', { nFactors: 0 }],
    ['nFactors', { nFactors: 129 }],
    ['iterations', { iterations: 1 }],
    ['lambda', { lambda: -1 }],
    ['lambda', { lambda: Number.NaN }],
    ['alpha0', { alpha0: Number.POSITIVE_INFINITY }],
    ['nu', { nu: -1 }],
    ['seed', { seed: 1.5 }],
    ['tolerance', { tolerance: 1 }],
    ['confidence', { confidence: 'lots' }],
  ])('refuses a %s out of range, naming it', async ([name, wrong]) => {
    const training = trainModel(dataset, { ...explicit, ...wrong }, { backend });
    await expect(training).rejects.toThrow(RangeError);
    await expect(training).rejects.toThrow(name);
  });

  test('refuses a dataset without a single pair', async () => {
    const empty = {
      users: new IdMap(),
      items: new IdMap(),
      interactions: buildInteractions(
        { users: new Uint32Array(), items: new Uint32Array(), values: new Float32Array(), timestamps: null },
        { nUsers: 0, nItems: 0 },
        'last',
      ),
    };
    await expect(trainModel(empty, explicit, { backend })).rejects.toThrow(/nothing to learn from/);
  });
});

describe('checkpoints', () => {
  afterEach(() => vi.useRealTimers());

  test('come every ten seconds, each a copy of its own', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const checkpoints: Checkpoint[] = [];
    const { reports } = await trainModel(dataset, explicit, {
      backend: referenceBackend,
      // Each iteration seems to take four seconds.
      onIteration: () => vi.advanceTimersByTime(4000),
      onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
    });
    expect(checkpoints.map(({ iteration }) => iteration)).toEqual([4, 7, 10]);
    expect(checkpoints[0]!.initialGradientNorm).toBe(reports[0]!.gradientNorm);
    expect(checkpoints[0]!.factors.users).not.toEqual(checkpoints[1]!.factors.users);
  });
});
