/**
 * Recommends on this device, beside the page and never in its way: downloads and keeps the model, folds the shopper in,
 * scores, explains, and trains.
 */
import { expose } from 'comlink';
import type { DeviceModel, ProductCard } from '../../../shared/api/device-model.ts';
import type { Reason } from '../../../shared/api/recommendations.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../../shared/recommender/model/factor-model-file.ts';
import type {
  DeviceRecommendations,
  EngineChoice,
  ModelInUse,
  OwnEvent,
  RecommenderService,
  RecommenderState,
  TrainingProgress,
} from '../recommender-types.ts';
import { DeviceRecommender } from './device-recommender.ts';
import { downloadModel } from './download-model.ts';
import { forgetModel, keepModel, keptModel, type ModelFiles } from './model-files.ts';

interface InUse {
  files: ModelFiles;
  model: FactorModel;
  recommender: DeviceRecommender;
  notKeptBecause: string | null;
}

/** The service: one model in use, and the work on it one after the other. */
class WorkerRecommender implements RecommenderService {
  #inUse: InUse | null = null;
  #choice: EngineChoice = 'auto';
  #own: readonly OwnEvent[] = [];
  #training: AbortController | null = null;
  #engineChanged: (state: RecommenderState) => void = () => {};
  #lastTurn: Promise<unknown> = Promise.resolve();

  load(choice: EngineChoice, offered: DeviceModel | null): Promise<RecommenderState> {
    return this.#inTurn(async () => {
      const isOtherEngine = choice !== this.#choice;
      this.#choice = choice;
      if (this.#inUse === null) await this.#takeKept();
      else if (isOtherEngine) await this.#putInUse(this.#inUse.files, this.#inUse.model, this.#inUse.notKeptBecause);
      const files = this.#inUse?.files;
      if (offered !== null && !files?.training && files?.version !== offered.version) await this.#takeOffered(offered);
      return this.#state();
    });
  }

  events(events: readonly OwnEvent[]): void {
    this.#own = events;
    this.#inUse?.recommender.setEvents(events);
  }

  async recommend(n: number, exclusions: readonly string[]): Promise<DeviceRecommendations | null> {
    return this.#inUse?.recommender.recommend(n, exclusions) ?? null;
  }

  async similar(itemId: string, n: number): Promise<ProductCard[] | null> {
    return this.#inUse?.recommender.similar(itemId, n) ?? null;
  }

  async product(itemId: string): Promise<ProductCard | null> {
    return this.#inUse?.recommender.product(itemId) ?? null;
  }

  async explain(itemId: string): Promise<Reason[]> {
    return this.#inUse?.recommender.explain(itemId) ?? [];
  }

  async train(
    offered: DeviceModel | null,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<RecommenderState> {
    if (this.#training !== null) throw new Error('a training is under way already');
    if (offered?.interactions == null) throw new Error('this server has nothing public to train on');
    const training = new AbortController();
    this.#training = training;
    try {
      const { trainOnDevice } = await import('./train-on-device.ts');
      const base = await this.#inTurn(async () => {
        if (this.#inUse === null) await this.#takeOffered(offered);
        return this.#inUse!;
      });
      const trained = await trainOnDevice({
        interactionsPath: offered.interactions,
        own: this.#own,
        parameters: base.model.parameters,
        choice: this.#choice,
        stopSignal: training.signal,
        onProgress,
      });
      return await this.#inTurn(async () => {
        const files = { ...trained, products: base.files.products };
        await this.#putInUse(files, readFactorModel(files.itemFactors), await keepModel('trained', files));
        return this.#state();
      });
    } finally {
      this.#training = null;
    }
  }

  stop(): void {
    this.#training?.abort();
  }

  forgetTraining(): Promise<RecommenderState> {
    return this.#inTurn(async () => {
      await forgetModel('trained');
      this.#inUse?.recommender.close();
      this.#inUse = null;
      await this.#takeKept();
      return this.#state();
    });
  }

  onEngineChange(listener: (state: RecommenderState) => void): void {
    this.#engineChanged = listener;
  }

  /** Runs loads one after the other: two at once would open two GPUs. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastTurn.then(work);
    this.#lastTurn = result.catch(() => {});
    return result;
  }

  async #takeKept(): Promise<void> {
    const kept = (await keptModel('trained')) ?? (await keptModel('server'));
    if (kept !== null) await this.#putInUse(kept.files, kept.model, null);
  }

  async #takeOffered(offered: DeviceModel): Promise<void> {
    const files = await downloadModel(offered);
    const model = readFactorModel(files.itemFactors);
    await this.#putInUse(files, model, await keepModel('server', files));
  }

  async #putInUse(files: ModelFiles, model: FactorModel, notKeptBecause: string | null): Promise<void> {
    const recommender = await DeviceRecommender.open({
      version: files.version,
      model,
      products: files.products,
      choice: this.#choice,
      onFailure: () => this.#engineChanged(this.#state()),
    });
    recommender.setEvents(this.#own);
    this.#inUse?.recommender.close();
    this.#inUse = { files, model, recommender, notKeptBecause };
  }

  #state(): RecommenderState {
    if (this.#inUse === null) return { model: null, engine: null };
    const { files, model, recommender, notKeptBecause } = this.#inUse;
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
}

expose(new WorkerRecommender());
