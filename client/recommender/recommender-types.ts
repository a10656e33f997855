import type { DeviceModel, ProductCard } from '../../shared/api/device-model.ts';
import type { EventType } from '../../shared/api/events.ts';
import type { Reason, RecommendedItem } from '../../shared/api/recommendations.ts';

/** What the shopper lets compute: `auto` is the GPU where there is a real one, else threads. */
export const ENGINE_CHOICES = ['auto', 'webgpu', 'threads'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** What scores on this device at the moment. */
export interface DeviceEngine {
  kind: 'gpu' | 'processor';
  /** For people: `NVIDIA H200`, `1 thread`. */
  name: string;
  /** Why this one and no other, as sentences. */
  reason: string;
}

/** How a model was made on this device. */
export interface DeviceTraining {
  /** ISO 8601 instant. */
  trainedAt: string;
  /** e.g. `threads (2)` */
  engine: string;
  iterations: number;
  seconds: number;
  loss: number;
  nUsers: number;
  nPairs: number;
}

/** The model that recommends on this device. */
export interface ModelInUse {
  version: string;
  nItems: number;
  nFactors: number;
  sizeBytes: number;
  /** null: the server trained it. */
  training: DeviceTraining | null;
  /** Why it will have to be downloaded again, or is lost with this tab; null: it is kept for offline use. */
  notKeptBecause: string | null;
}

export interface RecommenderState {
  model: ModelInUse | null;
  engine: DeviceEngine | null;
}

/** Something that the shopper did, as the model reads it. */
export interface OwnEvent {
  itemId: string;
  type: EventType;
  value: number;
}

export interface DeviceRecommendations {
  modelVersion: string;
  /** Scores descending. Empty for a shopper of whose events the model knows no item. */
  items: RecommendedItem[];
}

export interface TrainingProgress {
  iteration: number;
  /** Of how many. */
  iterations: number;
  loss: number;
  seconds: number;
  ratingsPerSecond: number;
  engine: string;
}

/** What the page asks of the recommender's worker, over comlink. All of it is about one shopper at a time. */
export interface RecommenderService {
  /**
   * Makes ready the model that is kept on this device, or with `offered` the server's, downloaded where it is not there yet.
   * A model that was trained on this device stays in use until `forgetTraining`.
   * @throws where a download fails; what was in use before stays in use
   */
  load(choice: EngineChoice, offered: DeviceModel | null): Promise<RecommenderState>;
  /** Whom to recommend for: everything they did, oldest first. */
  events(events: readonly OwnEvent[]): void;
  /** The best items but for these. */
  recommend(n: number, exclusions: readonly string[]): Promise<DeviceRecommendations | null>;
  /** Products that the same people like, those of the same category first; null where the model does not know the item. */
  similar(itemId: string, n: number): Promise<ProductCard[] | null>;
  /** What can be shown of a product without the server; null where the model does not know it. */
  product(itemId: string): Promise<ProductCard | null>;
  /** What of the shopper's own speaks for this item, most first; nothing where it is not among those that suit them best. */
  explain(itemId: string): Promise<Reason[]>;
  /** Trains a model from public interactions and the shopper's own events, and puts it in use. Ends early, with what is learned so far, on `stop`. */
  train(offered: DeviceModel, onProgress: (progress: TrainingProgress) => void): Promise<RecommenderState>;
  stop(): void;
  /** Back to the server's model. */
  forgetTraining(): Promise<RecommenderState>;
  /** Tells of an engine that had to be left. */
  onEngineChange(listener: (state: RecommenderState) => void): void;
}
