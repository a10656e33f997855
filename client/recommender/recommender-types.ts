import type { DeviceModel, ProductCard } from '../../shared/api/device-model.ts';
import type { EventType } from '../../shared/api/events.ts';
import type { Reason, RecommendedItem } from '../../shared/api/recommendations.ts';
import type { EngineChoice } from '../offline/engine-choice.ts';

/** Kept among the device's settings. */
export type { EngineChoice };

/** The engine that scores on this device. */
export interface DeviceEngine {
  kind: 'gpu' | 'processor';
  /** For people: `NVIDIA H200`, `1 thread`. */
  name: string;
  /** Why this engine was chosen, as sentences. */
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
  /** Why it is not kept for offline use, for people; null: it is. */
  notKeptBecause: string | null;
}

export interface RecommenderState {
  model: ModelInUse | null;
  engine: DeviceEngine | null;
}

/** An event of the shopper, as the model reads it. */
export interface OwnEvent {
  itemId: string;
  type: EventType;
  value: number;
}

export interface DeviceRecommendations {
  modelVersion: string;
  /** Scores descending. Empty where the model knows none of the shopper's items. */
  items: RecommendedItem[];
}

export interface TrainingProgress {
  iteration: number;
  nIterations: number;
  loss: number;
  seconds: number;
  ratingsPerSecond: number;
  engine: string;
}

/** The recommender's worker as the page calls it, over comlink. It serves one shopper at a time. */
export interface RecommenderService {
  /**
   * Loads the model that is kept on this device; with `offered`, the server's, which is downloaded if it is not kept.
   * A model that was trained on this device stays in use until `forgetTraining`.
   * @throws where a download fails; the model that was in use stays in use
   */
  load(choice: EngineChoice, offered: DeviceModel | null): Promise<RecommenderState>;
  /** Sets the shopper: all their events, oldest first. */
  events(events: readonly OwnEvent[]): void;
  /** The best items without the exclusions; null without a model. */
  recommend(n: number, exclusions: readonly string[]): Promise<DeviceRecommendations | null>;
  /** Products that the same people like, those of the same category first; null where the model does not know the item. */
  similar(itemId: string, n: number): Promise<ProductCard[] | null>;
  /** A product as the model's list of titles has it; null where the model does not know it. */
  product(itemId: string): Promise<ProductCard | null>;
  /** The shopper's own events that speak for this item, strongest first. Empty where the item is not among those that suit them best. */
  explain(itemId: string): Promise<Reason[]>;
  /**
   * Trains a model from public interactions and the shopper's own events, and puts it in use. `stop` ends it after the
   * iteration under way.
   * @param offered the server's model, which names the interactions; null: it has none
   * @throws where there are no interactions, where a download fails, and while a training runs
   */
  train(offered: DeviceModel | null, onProgress: (progress: TrainingProgress) => void): Promise<RecommenderState>;
  stop(): void;
  /** Deletes the model that was trained here and returns to the server's. */
  forgetTraining(): Promise<RecommenderState>;
  /** Sets the listener that is called when an engine fails and another takes over. */
  onEngineChange(listener: (state: RecommenderState) => void): void;
}
