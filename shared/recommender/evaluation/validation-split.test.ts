import { describe, expect, test } from 'vitest';
import { threadsBackend } from '../backends/threads/threads-backend.ts';
import { buildInteractions } from '../interactions/build-interactions.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { Csr, Dataset } from '../interactions/interactions.ts';
import { TripleBuffer } from '../interactions/triples.ts';
import { defaultParameters } from '../training/parameters.ts';
import { seededRandom } from '../training/random-start.ts';
import { trainModel } from '../training/train-model.ts';
import { evaluateRanking, evaluateRatings } from './evaluation.ts';
import { splitForValidation } from './validation-split.ts';

const [N_USERS, N_ITEMS] = [60, 40];
const backend = threadsBackend({ useWorkers: false });

/** Three tastes, and noise: more factors than tastes learn the noise. */
function dataset(isNoisy: boolean): Dataset {
  const random = seededRandom(4);
  const triples = new TripleBuffer();
  for (let user = 0; user < N_USERS; user++) {
    for (let item = 0; item < N_ITEMS; item++) {
      const likes = user % 3 === item % 3;
      if (random() < 0.4) triples.add(user, item, (likes ? 5 : 1) + (isNoisy ? 4 * random() - 2 : 0));
    }
  }
  return datasetOf(triples);
}

function likes(): Dataset {
  const random = seededRandom(5);
  const triples = new TripleBuffer();
  for (let user = 0; user < N_USERS; user++) {
    for (let item = 0; item < N_ITEMS; item++) {
      if (random() < (user % 3 === item % 3 ? 0.6 : 0.05)) triples.add(user, item, 1);
    }
  }
  return datasetOf(triples);
}

function datasetOf(triples: TripleBuffer): Dataset {
  const ids = (n: number): IdMap => IdMap.of(Array.from({ length: n }, (_, i) => String(i)));
  return {
    users: ids(N_USERS),
    items: ids(N_ITEMS),
    interactions: buildInteractions(triples.triples(), { nUsers: N_USERS, nItems: N_ITEMS }, 'last'),
  };
}

function pairs({ nRows, rowPtr, cols }: Csr): Set<string> {
  const all = new Set<string>();
  for (let row = 0; row < nRows; row++)
    for (const col of cols.subarray(rowPtr[row], rowPtr[row + 1])) all.add(`${row} ${col}`);
  return all;
}

describe('splitting for validation', () => {
  const explicit = { ...defaultParameters('explicit'), nFactors: 4, iterations: 6 };

  test('holds out the share, of ratings as of events, and leaves the rest', () => {
    for (const [whole, parameters] of [
      [dataset(false), explicit],
      [likes(), defaultParameters('implicit')],
    ] as const) {
      const all = pairs(whole.interactions.byUser);
      const left = pairs(splitForValidation(whole, parameters, 0.2).train.interactions.byUser);
      expect(left.size / all.size).toBeCloseTo(0.8, 1);
      expect(left.isSubsetOf(all)).toBe(true);
    }
  });

  test('is decided by the seed', () => {
    const left = (seed: number) =>
      pairs(splitForValidation(likes(), { ...explicit, seed }, 0.2).train.interactions.byUser);
    expect(left(1)).toEqual(left(1));
    expect(left(1)).not.toEqual(left(2));
  });

  test('scores ratings by the RMSE on what was held out', async () => {
    const { train, validation } = splitForValidation(dataset(false), explicit, 0.1);
    const result = await trainModel(train, explicit, { backend, validation });
    expect(result.validation?.metric).toBe('rmse');
    const scores = result.reports.map((report) => report.validation!);
    expect(result.validation?.score).toBe(Math.min(...scores));
    const held = new TripleBuffer();
    const all = dataset(false).interactions.byUser;
    const left = pairs(train.interactions.byUser);
    for (let user = 0; user < N_USERS; user++) {
      for (let e = all.rowPtr[user]!; e < all.rowPtr[user + 1]!; e++) {
        if (!left.has(`${user} ${all.cols[e]}`)) held.add(user, all.cols[e]!, all.values[e]!);
      }
    }
    const test = { ...train, triples: held.triples() };
    expect(evaluateRatings(result.model, train, test)).toBeCloseTo(result.validation!.score, 10);
    expect((await evaluateRanking(result.model, train, test, 20)).users).toBeGreaterThan(30);
  });

  test('scores events by NDCG@20', async () => {
    const parameters = { ...defaultParameters('implicit'), nFactors: 4, iterations: 6 };
    const { train, validation } = splitForValidation(likes(), parameters, 0.2);
    const result = await trainModel(train, parameters, { backend, validation });
    expect(result.validation?.metric).toBe('ndcg@20');
    expect(result.validation?.score).toBe(Math.max(...result.reports.map((report) => report.validation!)));
    expect(result.validation?.score).toBeGreaterThan(0.5);
  });

  test('ends a training that only learns noise, and keeps the iteration before it did', async () => {
    const parameters = { ...explicit, nFactors: 16, lambda: 0.001, iterations: 60 };
    const { train, validation } = splitForValidation(dataset(true), parameters, 0.2, 4);
    const result = await trainModel(train, parameters, { backend, validation });
    expect(result.stopped).toBe('no improvement');
    expect(result.reports.at(-1)!.iteration).toBe(result.chosenIteration + 4);
    expect(result.reports.at(-1)!.iteration).toBeLessThan(60);
  });

  test.for([0, 1, -0.5, Number.NaN])('refuses a share of %s', (share) => {
    expect(() => splitForValidation(dataset(false), explicit, share)).toThrow(/validate is .* above 0 and below 1/);
  });

  test('refuses what is too little to be split', () => {
    const single = new TripleBuffer();
    single.add(0, 0, 1);
    expect(() => splitForValidation(datasetOf(single), defaultParameters('implicit'), 0.1)).toThrow(/too little/);
  });

  test('refuses a patience of nothing', () => {
    expect(() => splitForValidation(dataset(false), explicit, 0.1, 0)).toThrow(/patience is 0/);
  });
});
