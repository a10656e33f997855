import { changeOnDevice, onDevice } from './on-device.ts';

/** Longer than waking ever takes; then the server is asked. */
const WAKING_MS = 3_000;

/** Starts the worker: at once where a model waits here, else when the page has nothing better to do. */
export function wakeRecommender(): void {
  const start = async (): Promise<void> => {
    try {
      const { startRecommender } = await import('./start-recommender.ts');
      await startRecommender();
    } catch (error) {
      console.warn('This device does not recommend by itself:', error);
      const problem = error instanceof Error ? error.message : String(error);
      changeOnDevice({ phase: onDevice().model === null ? 'absent' : 'ready', problem });
    }
  };
  if (onDevice().phase === 'waking') {
    setTimeout(() => onDevice().phase === 'waking' && changeOnDevice({ phase: 'absent' }), WAKING_MS);
    void start();
  } else if ('requestIdleCallback' in window) requestIdleCallback(() => void start(), { timeout: WAKING_MS });
  else setTimeout(() => void start(), 1_000);
}
