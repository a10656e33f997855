import type { FactorSpace, Factors, Problem, Vector } from './compute-backend.ts';

/** Standard deviation of a start factor times √k: x₀ ~ N(0, 0.1²/k), as iALS and the ALS-NCG notes have it. */
const START_SCALE = 0.1;

/** The start is this many plain sweeps from random numbers: ‖g₀‖ taken before them would depend on the scale of the numbers. */
export const N_START_SWEEPS = 2;

/** Numbers uniform in [0, 1), the same for the same seed: sfc32 (Doty-Humphrey, PractRand). */
export function seededRandom(seed: number): () => number {
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The generator's author discards a dozen numbers after seeding, until the seed has reached all state.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** The start x₀ of a factorization. */
export function randomStart(nUsers: number, nItems: number, nFactors: number, seed: number): Factors {
  const random = seededRandom(seed);
  const deviation = START_SCALE / Math.sqrt(nFactors);
  return {
    users: normal(new Float32Array(nUsers * nFactors), deviation, random),
    items: normal(new Float32Array(nItems * nFactors), deviation, random),
  };
}

/** Where a descent begins: random numbers after `N_START_SWEEPS` plain sweeps. */
export function startPoint(space: FactorSpace, { interactions, nFactors }: Problem, seed: number): Vector {
  const [x, once] = [space.vector(), space.vector()];
  space.write(x, randomStart(interactions.byUser.nRows, interactions.byItem.nRows, nFactors, seed));
  space.sweep(x, once);
  space.sweep(once, x);
  space.free(once);
  return x;
}

/** Fills with N(0, deviation²) by Box and Muller's transform. */
function normal(out: Float32Array, deviation: number, random: () => number): Float32Array {
  for (let i = 0; i < out.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}
