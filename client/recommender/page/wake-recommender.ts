import { asError } from '../../api/http.ts';
import { changeOnDevice, expectKeptModel, onDevice } from './on-device.ts';

/** Waking takes less than this. After it the server is asked. */
const WAKING_MS = 3_000;

/** Starts the worker: at once where a model is kept here, else when the page is idle. */
export function wakeRecommender(): void {
  const start = async (): Promise<void> => {
    try {
      const { startRecommender } = await import('./start-recommender.ts');
      await startRecommender();
    } catch (error) {
      console.warn('This device does not recommend by itself:', error);
      changeOnDevice({ phase: onDevice().model === null ? 'absent' : 'ready', problem: asError(error).message });
    }
  };
  if (expectKeptModel()) {
    setTimeout(() => onDevice().phase === 'waking' && changeOnDevice({ phase: 'absent' }), WAKING_MS);
    void start();
  } else if ('requestIdleCallback' in window) requestIdleCallback(() => void start(), { timeout: WAKING_MS });
  else setTimeout(() => void start(), 1_000);
}
