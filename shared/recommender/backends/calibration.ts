import { buildInteractions } from '../interactions/build-interactions.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { ComputeBackend, Objective, Problem, RowSolverName } from '../training/compute-backend.ts';
import { randomStart, seededRandom } from '../training/random-start.ts';

/** Small enough that two cores sweep it in a tenth of a second, large enough to occupy a GPU. */
const N_USERS = 1200;
const N_ITEMS = 600;
const N_PAIRS = 40_000;
/** The default for implicit feedback, with which a GPU and a processor differ as much as in a real training. */
const N_FACTORS = 64;
/** Timed sweeps end after this; a single one may take longer, ms. */
const TIMED_MS = 100;

/** Exact sweeps are what ratings are trained by, inexact ones what events are: see `defaultParameters`. */
const OBJECTIVES: Record<RowSolverName, Objective> = {
  cholesky: { feedback: 'explicit', lambda: 0.1 },
  cg: { feedback: 'implicit', lambda: 0.01, alpha0: 0.1, nu: 1 },
};

let interactions: Interactions | null = null;

/** Items are as unevenly popular as real ones (Zipf's law); the same every time. */
function calibrationProblem(solver: RowSolverName): Problem {
  interactions ??= zipfInteractions();
  return { interactions, nFactors: N_FACTORS, objective: OBJECTIVES[solver] };
}

function zipfInteractions(): Interactions {
  const random = seededRandom(1);
  const users = new Uint32Array(N_PAIRS);
  const items = new Uint32Array(N_PAIRS);
  const values = new Float32Array(N_PAIRS);
  for (let t = 0; t < N_PAIRS; t++) {
    users[t] = Math.floor(random() * N_USERS);
    // Inverse of a distribution whose density falls as 1/rank.
    items[t] = Math.floor(N_ITEMS ** random()) - 1;
    values[t] = 1 + 4 * random();
  }
  const triples = { users, items, values, timestamps: null };
  return buildInteractions(triples, { nUsers: N_USERS, nItems: N_ITEMS }, 'last');
}

/**
 * How long one sweep by a solver takes on a small problem, ms: the shortest of a few, after a first one has compiled the code.
 * @throws what the backend throws, and the signal's reason.
 */
export async function sweepMs(backend: ComputeBackend, solver: RowSolverName, signal?: AbortSignal): Promise<number> {
  const problem = calibrationProblem(solver);
  const { byUser, byItem } = problem.interactions;
  const space = await backend.open(problem, { solver, ...(signal && { signal }) });
  try {
    const [x, px] = [space.vector(), space.vector()];
    space.write(x, randomStart(byUser.nRows, byItem.nRows, N_FACTORS, 1));
    const sweep = async (): Promise<number> => {
      const startedAt = performance.now();
      space.sweep(x, px);
      await space.dots([[px, px]]);
      return performance.now() - startedAt;
    };
    await sweep();
    let [shortest, spent] = [Number.POSITIVE_INFINITY, 0];
    while (spent < TIMED_MS) {
      const ms = await sweep();
      shortest = Math.min(shortest, ms);
      spent += ms;
    }
    return shortest;
  } finally {
    space.close();
  }
}
