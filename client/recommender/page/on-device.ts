import type { Remote } from 'comlink';
import { createStore, useStore } from 'zustand';
import { readKept, writeKept } from '../../offline/settings.ts';
import type { RecommenderService, RecommenderState, TrainingProgress } from '../recommender-types.ts';

/** A training on this device, as the page shows it. */
export interface TrainingRun {
  status: 'running' | 'stopping' | 'done' | 'failed';
  /** One per iteration so far. */
  progress: readonly TrainingProgress[];
  /** The error, for people. */
  failure: string | null;
}

/** The recommender on this device, as far as the page knows. */
export interface OnDevice extends RecommenderState {
  /**
   * `waking`: a kept model is being loaded, and the page waits for it. `absent`: the server recommends. `ready`: this device
   * recommends.
   */
  phase: 'waking' | 'absent' | 'ready';
  service: Remote<RecommenderService> | null;
  /** Why it is absent or not up to date, for people. */
  problem: string | null;
  training: TrainingRun | null;
  /** Grows with each change that may change an answer: another model, another engine. */
  revision: number;
}

/** Set where the last visit left a model on this device. Read before a database can be. */
const HINT = 'magpie-model-kept';

const recommender = createStore<OnDevice>(() => ({
  phase: 'absent',
  model: null,
  engine: null,
  service: null,
  problem: null,
  training: null,
  revision: 0,
}));

export const onDevice: () => OnDevice = recommender.getState;

export function changeOnDevice(change: Partial<Omit<OnDevice, 'revision'>>): void {
  recommender.setState(({ revision }) => ({ ...change, revision: revision + ('engine' in change ? 1 : 0) }));
}

/** Enters `waking` where the last visit left a model here. @returns whether it did */
export function expectKeptModel(): boolean {
  const isKept = readKept(HINT) !== null;
  if (isKept) changeOnDevice({ phase: 'waking' });
  return isKept;
}

/** Takes over the state that the worker reports. */
export function takeState(state: RecommenderState): void {
  changeOnDevice({ ...state, phase: state.model === null ? 'absent' : 'ready' });
  writeKept(HINT, state.model !== null && state.model.notKeptBecause === null ? '1' : null);
}

export function useOnDevice(): OnDevice {
  return useStore(recommender);
}
