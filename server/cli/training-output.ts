import type { IterationReport } from '../../shared/recommender/training/training-options.ts';
import type { TrainingListener } from '../training/training-listener.ts';
import { printJson } from './output.ts';
import { type Progress, progressBar } from './progress.ts';

/** Prints what a training reports: JSON objects on stdout, or sentences; in both cases with a progress bar on stderr. */
export function trainingOutput(json: boolean): TrainingListener {
  let bar: Progress | null = null;
  return {
    onRestart(reason) {
      if (json) printJson({ event: 'restarted', reason });
      else console.log(`beginning anew: ${reason}`);
    },
    onStart({ backend, adapterName, reason }, resumedFrom) {
      if (json) {
        printJson({ event: 'engine', backend: backend.name, adapter: adapterName, reason });
        if (resumedFrom !== null) printJson({ event: 'resumed', iteration: resumedFrom });
      } else {
        console.log(`computing on ${reason}`);
        if (resumedFrom !== null) console.log(`going on from iteration ${resumedFrom}`);
      }
      bar = progressBar('training', 'iterations');
    },
    onIteration(report, iterations) {
      bar?.update(report.iteration, iterations);
      if (json) printJson({ ...wireIteration(report), iterations });
    },
    onFallback({ from, to, reason, iteration }) {
      if (json) {
        printJson({ event: 'fallback', from, to, reason, iteration });
        return;
      }
      const where = iteration === null ? 'from the start' : `from iteration ${iteration}`;
      console.log(`${from} failed (${reason}): going on with ${to}, ${where}`);
    },
    onCheckpointLost(path, { message }) {
      console.error(`magpie: the checkpoint ${path} could not be written: ${message}`);
    },
    onEnd: () => bar?.stop(),
  };
}

function wireIteration(report: IterationReport): Record<string, unknown> {
  const { iteration, loss, gradientNorm, alpha, beta, restarts, seconds, ratingsPerSecond, validation, engine } =
    report;
  return {
    ...{ iteration, loss, gradient_norm: gradientNorm, alpha, beta, seconds, restarts },
    ...{ ratings_per_second: ratingsPerSecond, validation, engine },
  };
}
