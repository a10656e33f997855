import { afterEach, describe, expect, test, vi } from 'vitest';
import { referenceBackend } from './backends/reference/reference-backend.ts';
import { threadsBackend } from './backends/threads/threads-backend.ts';
import { buildInteractions } from './build-interactions.ts';
import { IdMap } from './id-map.ts';
import type { Dataset } from './interactions.ts';
import { defaultParameters } from './parameters.ts';
import { seededRandom } from './random-start.ts';
import { trainModel } from './train-model.ts';
import type { Checkpoint, TrainingParameters } from './training.ts';

/** Two kinds of people and of things: who likes one kind does not like the other. */
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
      validate: ({ users }) => {
        const score = scores.shift()!;
        if (score === 1) atBest.push(...users);
        return score;
      },
    });
    expect(result.chosenIteration).toBe(4);
    expect([...result.model.userFactors]).toEqual(atBest);
  });

  test('goes on from a checkpoint', async () => {
    const whole = await trainModel(dataset, explicit, { backend });
    const half = await trainModel(dataset, { ...explicit, iterations: 6 }, { backend });
    const resumed = await trainModel(dataset, explicit, {
      backend,
      resumeFrom: {
        factors: { users: half.model.userFactors, items: half.model.itemFactors },
        iteration: 6,
        initialGradientNorm: half.reports[0]!.gradientNorm,
      },
    });
    expect(resumed.reports.map(({ iteration }) => iteration)).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(resumed.reports.at(-1)!.loss / whole.reports.at(-1)!.loss).toBeCloseTo(1, 1);
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
      onCheckpoint: (checkpoint) => checkpoints.push(checkpoint),
    });
    expect(checkpoints.map(({ iteration }) => iteration)).toEqual([4, 7, 10]);
    expect(checkpoints[0]!.initialGradientNorm).toBe(reports[0]!.gradientNorm);
    expect(checkpoints[0]!.factors.users).not.toEqual(checkpoints[1]!.factors.users);
  });
});
