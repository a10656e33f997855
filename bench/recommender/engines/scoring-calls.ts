import { threadsBackend } from '../../../shared/recommender/backends/threads/threads-backend.ts';
import type { Csr } from '../../../shared/recommender/interactions/interactions.ts';
import type { Scorer, SeenItem } from '../../../shared/recommender/scoring/scorer.ts';
import { openScorer } from '../../../shared/recommender/scoring/scorer-cpu.ts';
import { BatchRanker } from '../../../shared/recommender/scoring/top-k/batch-ranker.ts';
import type { Checkpoint } from '../../../shared/recommender/training/checkpoint.ts';
import { defaultParameters, type TrainingParameters } from '../../../shared/recommender/training/parameters.ts';
import { trainModel } from '../../../shared/recommender/training/train-model.ts';
import { readDataset } from '../dataset-folder.ts';
import { modelOf, writeFactors } from '../factor-files.ts';
import type { LossSpec, MagpieCalls } from './calls.ts';

type ScoringCall = 'train' | 'loadModel' | 'recommend' | 'recommendNew';
type ScoringCalls = {
  [Name in ScoringCall]: (call: Parameters<MagpieCalls[Name]>[0]) => Promise<ReturnType<MagpieCalls[Name]>>;
};

/** Calls on whole models: training as the product trains, and recommending. */
export function scoringCalls(): { calls: ScoringCalls; close(): void } {
  let loaded: { scorer: Scorer; ranker: BatchRanker; byUser: Csr } | null = null;
  const at = (): NonNullable<typeof loaded> => {
    if (loaded === null) throw new Error('no model is loaded');
    return loaded;
  };
  const close = (): void => {
    loaded?.ranker.close();
    loaded = null;
  };
  const calls: ScoringCalls = {
    async train({ data, nFactors, nThreads, iterations, seed, snapshots, parameters }) {
      const dataset = readDataset(data);
      const all = { ...defaultParameters('implicit'), ...parameters, nFactors, iterations, seed };
      const startedAt = performance.now();
      await trainModel(dataset, all, {
        backend: threadsBackend({ nThreads }),
        ...(snapshots !== null && {
          checkpointIntervalMs: 0,
          onCheckpoint: ({ factors, iteration }: Checkpoint) => writeFactors(`${snapshots}/${iteration}`, factors),
        }),
      });
      return { seconds: (performance.now() - startedAt) / 1000 };
    },
    async loadModel({ data, factors, nFactors, nThreads, loss }) {
      close();
      const dataset = readDataset(data);
      const { byUser } = dataset.interactions;
      const model = modelOf(dataset, factors, nFactors, parametersOf(loss));
      const ranker = await BatchRanker.open(model, byUser, { nThreads });
      loaded = { scorer: openScorer(model), ranker, byUser };
      return { engine: ranker.engine };
    },
    async recommend({ nUsers, n, nShown }) {
      const users = Uint32Array.from({ length: nUsers }, (_, user) => user);
      const ranked: number[] = [];
      const startedAt = performance.now();
      for await (const { items } of at().ranker.rank(users, n)) {
        if (ranked.length < nShown * n) ranked.push(...items.subarray(0, nShown * n - ranked.length));
      }
      return { seconds: (performance.now() - startedAt) / 1000, items: ranked };
    },
    async recommendNew({ nUsers, n }) {
      const { scorer, byUser } = at();
      const ms: number[] = [];
      for (let user = 0; user < nUsers; user++) {
        const seen = seenBy(byUser, user);
        const startedAt = performance.now();
        const factors = await scorer.foldIn(seen);
        await scorer.topK(factors, { k: n, exclude: seen.map(({ item }) => item) });
        ms.push(performance.now() - startedAt);
      }
      return { ms };
    },
  };
  return { calls, close };
}

function parametersOf(loss: LossSpec): Partial<TrainingParameters> {
  switch (loss.name) {
    case 'explicit':
      return { feedback: 'explicit', lambda: loss.lambda };
    case 'ials':
      return { feedback: 'implicit', lambda: loss.lambda, alpha0: loss.alpha0, nu: loss.nu };
    case 'hu':
      return { feedback: 'implicit', lambda: loss.lambda, alpha0: 1, nu: 0, confidence: `linear:${loss.alpha}` };
    default:
      return loss satisfies never;
  }
}

function itemsOf({ rowPtr, cols }: Csr, user: number): Uint32Array {
  return cols.subarray(rowPtr[user], rowPtr[user + 1]);
}

function seenBy(byUser: Csr, user: number): SeenItem[] {
  const first = byUser.rowPtr[user]!;
  return Array.from(itemsOf(byUser, user), (item, i) => ({ item, value: byUser.values[first + i]! }));
}
