/** The usual baseline: cosine of TF-IDF vectors of the titles' words. */
export class TfIdf {
  readonly #weights = new Map<string, number>();
  readonly #unseen: number;

  constructor(titles: readonly string[]) {
    const frequencies = new Map<string, number>();
    for (const title of titles)
      for (const word of wordsIn(title)) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    // Smoothed as in scikit-learn: ln((1 + n) / (1 + df)) + 1.
    for (const [word, df] of frequencies) this.#weights.set(word, Math.log((1 + titles.length) / (1 + df)) + 1);
    this.#unseen = Math.log(1 + titles.length) + 1;
  }

  vector(title: string): Map<string, number> {
    const vector = new Map([...wordsIn(title)].map((word) => [word, this.#weights.get(word) ?? this.#unseen]));
    const norm = Math.hypot(...vector.values()) || 1;
    for (const [word, weight] of vector) vector.set(word, weight / norm);
    return vector;
  }

  similarity(a: string, b: string): number {
    const other = this.vector(b);
    let sum = 0;
    for (const [word, weight] of this.vector(a)) sum += weight * (other.get(word) ?? 0);
    return sum;
  }
}

function wordsIn(title: string): Set<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

export interface SimilarPair {
  i: number;
  j: number;
  cosine: number;
}

/** All pairs of titles at or above `minCosine`, most similar first. */
export function similarPairs(titles: readonly string[], minCosine: number): SimilarPair[] {
  const tfIdf = new TfIdf(titles);
  const postings = new Map<string, { title: number; weight: number }[]>();
  const products = new Float64Array(titles.length);
  const pairs: SimilarPair[] = [];
  for (const [i, title] of titles.entries()) {
    const vector = tfIdf.vector(title);
    const touched = new Set<number>();
    for (const [word, weight] of vector) {
      for (const { title: j, weight: other } of postings.get(word) ?? []) {
        products[j]! += weight * other;
        touched.add(j);
      }
    }
    for (const j of touched) {
      if (products[j]! >= minCosine) pairs.push({ i, j, cosine: products[j]! });
      products[j] = 0;
    }
    for (const [word, weight] of vector) {
      const list = postings.get(word) ?? [];
      list.push({ title: i, weight });
      postings.set(word, list);
    }
  }
  return pairs.toSorted((a, b) => b.cosine - a.cosine);
}

/** Groups of titles joined by pairs at or above `threshold` (connected components). */
export function connectedGroups(nTitles: number, pairs: readonly SimilarPair[], threshold: number): number[] {
  const parent = Array.from({ length: nTitles }, (_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const { i, j, cosine } of pairs) if (cosine >= threshold) parent[rootOf(i)] = rootOf(j);
  return parent.map((_, i) => rootOf(i));
}
