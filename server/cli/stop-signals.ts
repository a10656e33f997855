import { OperatorError } from '../operator-error.ts';
import type { StopSignals } from '../training/run.ts';

/** Signals this close together are one, ms: npm passes on a Ctrl-C that the terminal has sent to all processes already. */
const ONE_PRESS_MS = 1000;

/** Runs work that the first SIGINT or SIGTERM stops after the current iteration, and the second at once. */
export async function withStopSignals<T>(work: (stop: StopSignals) => Promise<T>): Promise<T> {
  const [soon, now] = [new AbortController(), new AbortController()];
  let firstAt = 0;
  const onSignal = (): void => {
    if (soon.signal.aborted) {
      if (performance.now() - firstAt < ONE_PRESS_MS) return;
      now.abort(new OperatorError('stopped at once; no model was written'));
      return;
    }
    firstAt = performance.now();
    soon.abort(new OperatorError('stopped before training had begun; no model was written'));
    if (process.stderr.isTTY) console.error('stopping after this iteration; Ctrl-C again stops at once');
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work({ soon: soon.signal, now: now.signal });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
