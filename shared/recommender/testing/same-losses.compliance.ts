import { expect, test } from 'vitest';
import { referenceBackend } from '../backends/reference/reference-backend.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { ComputeBackend } from '../training/compute-backend.ts';
import { defaultParameters } from '../training/parameters.ts';
import { trainModel } from '../training/train-model.ts';
import { randomProblem } from './test-problems.ts';

/** How far the losses of two backends may be apart, relative. */
const TOLERANCE = 1e-4;

/**
 * A whole training run goes the way of the reference's, in single precision too. How far apart they are is told by
 * `npx vitest run -t 'losses of the reference' --reporter verbose`.
 */
export function describeSameLosses(name: string, backend: ComputeBackend): void {
  test.for(['explicit', 'implicit'] as const)(
    `${name} trains with the losses of the reference, %s`,
    async (feedback, { annotate }) => {
      const parameters = { ...defaultParameters(feedback), solver: 'cholesky', nFactors: 8, iterations: 10 } as const;
      const objective = { feedback: 'explicit', lambda: 0.1 } as const;
      const shape = { nUsers: 120, nItems: 60, nFactors: 8, objective, density: 0.2 };
      const { interactions } = randomProblem(shape, 21);
      const dataset = { interactions, users: ids(shape.nUsers), items: ids(shape.nItems) };
      const [actual, expected] = [
        await trainModel(dataset, parameters, { backend }),
        await trainModel(dataset, parameters, { backend: referenceBackend }),
      ];
      expect(actual.reports).toHaveLength(expected.reports.length);
      const differences = actual.reports.map(({ loss }, i) => Math.abs(loss / expected.reports[i]!.loss - 1));
      await annotate(
        `${actual.engine}, ${feedback}: losses differ by ${Math.max(...differences).toExponential(1)} at most up to iteration ${actual.reports.at(-1)?.iteration}`,
      );
      for (const difference of differences) expect(difference).toBeLessThan(TOLERANCE);
    },
  );
}

function ids(n: number): IdMap {
  return IdMap.of(Array.from({ length: n }, (_, i) => String(i)));
}
