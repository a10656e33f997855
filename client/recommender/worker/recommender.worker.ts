/**
 * Recommends on this device, beside the page and never in its way: downloads and keeps the model, folds the shopper in,
 * scores, explains, and trains.
 */
import { expose } from 'comlink';
import type { DeviceModel } from '../../../shared/api/device-model.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../../shared/recommender/model/factor-model-file.ts';
import type { EngineChoice, ModelInUse, OwnEvent, RecommenderService, RecommenderState } from '../recommender-types.ts';
import { DeviceRecommender } from './device-recommender.ts';
import { downloadModel } from './download-model.ts';
import { forgetModel, keepModel, keptModel, type ModelFiles } from './model-files.ts';

interface InUse {
  files: ModelFiles;
  model: FactorModel;
  recommender: DeviceRecommender;
  notKeptBecause: string | null;
}

let inUse: InUse | null = null;
let choice: EngineChoice = 'auto';
let own: readonly OwnEvent[] = [];
let training: AbortController | null = null;
let engineChanged: (state: RecommenderState) => void = () => {};

/** Loads, one after the other: two at once would open two GPUs. */
let loading: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = loading.then(work);
  loading = result.catch(() => {});
  return result;
}

function state(): RecommenderState {
  if (inUse === null) return { model: null, engine: null };
  const { files, model, recommender, notKeptBecause } = inUse;
  const shown: ModelInUse = {
    version: files.version,
    nItems: model.items.size,
    nFactors: model.nFactors,
    sizeBytes: files.itemFactors.byteLength,
    training: files.training,
    notKeptBecause,
  };
  return { model: shown, engine: recommender.engine };
}

async function putInUse(files: ModelFiles, model: FactorModel, notKeptBecause: string | null): Promise<void> {
  const recommender = await DeviceRecommender.open({
    version: files.version,
    model,
    products: files.products,
    choice,
    onFailure: () => engineChanged(state()),
  });
  recommender.setEvents(own);
  inUse?.recommender.close();
  inUse = { files, model, recommender, notKeptBecause };
}

async function takeKept(): Promise<void> {
  const kept = (await keptModel('trained')) ?? (await keptModel('server'));
  if (kept !== null) await putInUse(kept.files, kept.model, null);
}

async function takeOffered(offered: DeviceModel): Promise<void> {
  const files = await downloadModel(offered);
  const model = readFactorModel(files.itemFactors);
  await putInUse(files, model, await keepModel('server', files));
}

const service: RecommenderService = {
  load: (wanted, offered) =>
    inTurn(async () => {
      const isOtherEngine = wanted !== choice;
      choice = wanted;
      if (inUse === null) await takeKept();
      else if (isOtherEngine) await putInUse(inUse.files, inUse.model, inUse.notKeptBecause);
      if (offered !== null && !inUse?.files.training && inUse?.files.version !== offered.version) {
        await takeOffered(offered);
      }
      return state();
    }),

  events(events) {
    own = events;
    inUse?.recommender.setEvents(events);
  },

  recommend: async (n, exclusions) => inUse?.recommender.recommend(n, exclusions) ?? null,
  similar: async (itemId, n) => inUse?.recommender.similar(itemId, n) ?? null,
  product: async (itemId) => inUse?.recommender.product(itemId) ?? null,
  explain: async (itemId) => inUse?.recommender.explain(itemId) ?? [],

  async train(offered, onProgress) {
    if (training !== null) throw new Error('a training is under way already');
    if (offered?.interactions == null) throw new Error('this server has nothing public to train on');
    training = new AbortController();
    try {
      const { trainOnDevice } = await import('./train-on-device.ts');
      const base = await inTurn(async () => {
        if (inUse === null) await takeOffered(offered);
        return inUse!;
      });
      const trained = await trainOnDevice({
        interactionsPath: offered.interactions,
        own,
        parameters: base.model.parameters,
        choice,
        stopSignal: training.signal,
        onProgress,
      });
      return await inTurn(async () => {
        const files = { ...trained, products: base.files.products };
        await putInUse(files, readFactorModel(files.itemFactors), await keepModel('trained', files));
        return state();
      });
    } finally {
      training = null;
    }
  },

  stop() {
    training?.abort();
  },

  forgetTraining: () =>
    inTurn(async () => {
      await forgetModel('trained');
      inUse?.recommender.close();
      inUse = null;
      await takeKept();
      return state();
    }),

  onEngineChange(listener) {
    engineChanged = listener;
  },
};

expose(service);
