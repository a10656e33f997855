import { chooseBackend } from '../../../shared/recommender/backends/choose-backend.ts';
import { buildInteractions } from '../../../shared/recommender/interactions/build-interactions.ts';
import { IdMap } from '../../../shared/recommender/interactions/id-map.ts';
import type { Dataset } from '../../../shared/recommender/interactions/interactions.ts';
import {
  type AnonymousInteractions,
  readInteractions,
} from '../../../shared/recommender/interactions/interactions-file.ts';
import { TripleBuffer } from '../../../shared/recommender/interactions/triples.ts';
import { writeFactorModel } from '../../../shared/recommender/model/factor-model-file.ts';
import type { TrainingParameters } from '../../../shared/recommender/training/parameters.ts';
import { trainModel } from '../../../shared/recommender/training/train-model.ts';
import { preferencesFor } from '../../../shared/shopper/preferences.ts';
import type { EngineChoice, OwnEvent, TrainingProgress } from '../recommender-types.ts';
import { download } from './download-model.ts';
import type { ModelFiles } from './model-files.ts';

/** One core is left to the page. */
const N_THREADS = Math.max(1, navigator.hardwareConcurrency - 1);

/** The shopper's row beside those of the others; users are numbers here, and the shopper is the last. */
export function withOwnRow(
  { items: known, nUsers, triples }: AnonymousInteractions,
  own: ReadonlyMap<string, { value: number }>,
): Dataset {
  const items = IdMap.of(known.ids);
  const all = new TripleBuffer();
  for (let t = 0; t < triples.values.length; t++) all.add(triples.users[t]!, triples.items[t]!, triples.values[t]!);
  for (const [itemId, { value }] of own) all.add(nUsers, items.intern(itemId), value);
  const users = IdMap.of(Array.from({ length: nUsers + 1 }, (_, user) => String(user)));
  const shape = { nUsers: nUsers + 1, nItems: items.size };
  return { users, items, interactions: buildInteractions(all.triples(), shape, 'last') };
}

export interface TrainOnDevice {
  /** Path of the public interactions. */
  interactionsPath: string;
  own: readonly OwnEvent[];
  parameters: TrainingParameters;
  choice: EngineChoice;
  /** Ends after the iteration under way, with what is learned so far. */
  stopSignal: AbortSignal;
  onProgress: (progress: TrainingProgress) => void;
}

/**
 * A whole model, trained here: one shopper's events are no matrix, so the public interactions are downloaded and the
 * shopper's own events are one more row of them. Nothing is sent.
 */
export async function trainOnDevice(options: TrainOnDevice): Promise<Omit<ModelFiles, 'products'>> {
  const { parameters, choice, stopSignal, onProgress } = options;
  const bytes = new Uint8Array(await (await download(options.interactionsPath)).arrayBuffer());
  const dataset = withOwnRow(readInteractions(bytes), preferencesFor(parameters.feedback)(options.own));
  const chosen = await chooseBackend(choice, { nThreads: N_THREADS });
  try {
    const { iterations } = parameters;
    const { model, reports, engine } = await trainModel(dataset, parameters, {
      backend: chosen.backend,
      fallbacks: chosen.fallbacks,
      stopSignal,
      onIteration({ iteration, loss, seconds, ratingsPerSecond, engine }) {
        onProgress({ iteration, nIterations: iterations, loss, seconds, ratingsPerSecond, engine });
      },
    });
    const last = reports.at(-1)!;
    const trainedAt = new Date().toISOString();
    return {
      version: `device-${trainedAt}`,
      itemFactors: writeFactorModel({ ...model, users: new IdMap(), userFactors: new Float32Array() }),
      training: {
        trainedAt,
        engine,
        iterations: last.iteration,
        seconds: last.seconds,
        loss: last.loss,
        nUsers: dataset.users.size,
        nPairs: dataset.interactions.byUser.cols.length,
      },
    };
  } finally {
    chosen.close();
  }
}
