import { BestK } from '../best-k.ts';
import type { ScoredItem } from '../scorer.ts';
import { vectorNorm } from './indexed-items.ts';
import { innerProduct } from './inner-product.ts';

/** The n items nearest to one of them by cosine, without itself; items without factors are near to nothing. */
export function nearestItems(factors: Float32Array, nFactors: number, item: number, n: number): ScoredItem[] {
  const nItems = factors.length / nFactors;
  const own = Float64Array.from(factors.subarray(item * nFactors, (item + 1) * nFactors));
  const length = vectorNorm(own, 0, nFactors);
  const best = new BestK(Math.min(n, nItems));
  for (let other = 0; other < nItems; other++) {
    if (other === item) continue;
    const product = innerProduct(own, factors, other * nFactors, nFactors);
    const lengths = length * vectorNorm(factors, other * nFactors, nFactors);
    best.offer(other, lengths > 0 ? product / lengths : 0);
  }
  return best.take();
}
