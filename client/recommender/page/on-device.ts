import type { Remote } from 'comlink';
import { useSyncExternalStore } from 'react';
import type { RecommenderService, RecommenderState, TrainingProgress } from '../recommender-types.ts';

/** A training on this device, as the page shows it. */
export interface TrainingRun {
  status: 'running' | 'stopping' | 'done' | 'failed';
  /** One per iteration so far. */
  progress: readonly TrainingProgress[];
  /** What went wrong, for people. */
  failure: string | null;
}

/** The recommender on this device, as far as the page knows. */
export interface OnDevice extends RecommenderState {
  /**
   * `waking`: a model is kept here and about to be ready, so it is worth the wait. `absent`: the server answers, for now or
   * for good. `ready`: this device answers.
   */
  phase: 'waking' | 'absent' | 'ready';
  service: Remote<RecommenderService> | null;
  /** Why it is absent, or could not be brought up to date, for people. */
  problem: string | null;
  training: TrainingRun | null;
  /** Grows with whatever may change an answer: another model, another engine. */
  revision: number;
}

/** Read before any database can be: whether the last visit left a model here. */
const HINT = 'magpie-model-kept';

function wasKept(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return false;
  }
}

let current: OnDevice = {
  phase: wasKept() ? 'waking' : 'absent',
  model: null,
  engine: null,
  service: null,
  problem: null,
  training: null,
  revision: 0,
};
const listeners = new Set<() => void>();

export function onDevice(): OnDevice {
  return current;
}

export function changeOnDevice(change: Partial<Omit<OnDevice, 'revision'>>): void {
  current = { ...current, ...change, revision: current.revision + ('engine' in change ? 1 : 0) };
  for (const listener of listeners) listener();
}

/** What the worker says of itself. */
export function takeState(state: RecommenderState): void {
  changeOnDevice({ ...state, phase: state.model === null ? 'absent' : 'ready' });
  try {
    if (state.model !== null && state.model.notKeptBecause === null) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // Only a hint: without it the server is asked first.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOnDevice(): OnDevice {
  return useSyncExternalStore(subscribe, onDevice);
}
