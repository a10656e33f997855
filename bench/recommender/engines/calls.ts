import type { RowSolverName } from '../../../shared/recommender/training/compute-backend.ts';
import type { Algorithm, TrainingParameters } from '../../../shared/recommender/training/parameters.ts';

/** What is minimised. `hu` is implicit's loss, Σ_all c (u·v − p)² + λ (Σ‖u‖² + Σ‖v‖²) with c = 1 + α·value (Hu, Koren & Volinsky 2008, eq. 3). */
export type LossSpec =
  | { name: 'explicit'; lambda: number }
  | { name: 'ials'; lambda: number; alpha0: number; nu: number }
  | { name: 'hu'; lambda: number; alpha: number };

/** A factorization at a random start x. */
export interface OpenCall {
  /** Folder of a dataset. */
  data: string;
  nFactors: number;
  nThreads: number;
  loss: LossSpec;
  /** How a sweep solves a row; `implicit` is only asked for exact ones. */
  solver: RowSolverName;
  seed: number;
}

/** A whole training, from the data in memory to the factors. */
export interface TrainCall {
  data: string;
  nFactors: number;
  nThreads: number;
  iterations: number;
  seed: number;
  /** Folder for the factors after each iteration; null when the clock runs. */
  snapshots: string | null;
}

export interface DescendCall {
  algorithm: Algorithm;
  iterations: number;
  tolerance: number;
  /** Folder for the factors at each point, in subfolders that the iterations name; null keeps none. */
  snapshots: string | null;
}

export interface DescentPoint {
  iteration: number;
  /** Since the start, without what only watches. */
  seconds: number;
  loss: number;
  gradientNorm: number;
}

/** Scoring of trained factors for the users of a dataset. */
export interface LoadModelCall {
  data: string;
  /** Folder with `users.npy` and `items.npy`. */
  factors: string;
  nFactors: number;
  nThreads: number;
  loss: LossSpec;
}

/** Calls that `implicit` answers as well; arguments travel as JSON, with the names given here. */
export interface EngineCalls {
  open(call: OpenCall): { engine: string };
  /** Replaces x. */
  load(call: { factors: string }): object;
  save(call: { factors: string }): object;
  /** x ← P(x), both halves. */
  sweep(call: object): { seconds: number };
  loadModel(call: LoadModelCall): { engine: string };
  /** The n best unseen items of users 0…nUsers−1: seconds, and the items [nUsers × n] of the first ones. */
  recommend(call: { nUsers: number; n: number; nShown: number }): { seconds: number; items: number[] };
  /** One user after the other, as if new: fold-in and top n. Milliseconds by user. */
  recommendNew(call: { nUsers: number; n: number }): { ms: number[] };
  peakRss(call: object): { bytes: number };
}

/** Calls that only Magpie answers. */
export interface MagpieCalls extends EngineCalls {
  /** The GPU that the webgpu backend computes on. */
  adapter(call: object): { name: string; isSoftware: boolean };
  /** L(x), of `implicit`'s factors too. */
  loss(call: object): { loss: number };
  /** Passes that an ALS-NCG iteration is made of. */
  passes(call: object): { sweepAndGradient: number; gradient: number; lineSearch: number };
  /** Begins a descent from x. */
  descend(call: DescendCall): object;
  /** Its next point, the start first; null at its end. */
  nextPoint(call: object): { point: DescentPoint | null };
  train(call: TrainCall & { parameters: Partial<TrainingParameters> }): { seconds: number };
}

export interface ImplicitCalls extends EngineCalls {
  versions(call: object): Record<string, string>;
  train(call: TrainCall & { regularization: number; alpha: number; useCg: boolean }): { seconds: number };
}
