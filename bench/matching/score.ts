export interface Accuracy {
  precision: number;
  recall: number;
  f1: number;
}

export function accuracy(truePositives: number, falsePositives: number, falseNegatives: number): Accuracy {
  const precision = truePositives / (truePositives + falsePositives || 1);
  const recall = truePositives / (truePositives + falseNegatives || 1);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

/** Accuracy of "the same from `threshold` on". */
export function accuracyAt(threshold: number, scores: readonly number[], labels: readonly number[]): Accuracy {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  for (const [i, score] of scores.entries()) {
    if (score >= threshold) {
      if (labels[i] === 1) truePositives += 1;
      else falsePositives += 1;
    } else if (labels[i] === 1) falseNegatives += 1;
  }
  return accuracy(truePositives, falsePositives, falseNegatives);
}

/** The threshold of the highest F1. */
export function bestThreshold(scores: readonly number[], labels: readonly number[]): number {
  const order = scores.map((_, i) => i).toSorted((a, b) => scores[b]! - scores[a]!);
  const nPositive = labels.reduce((sum, label) => sum + label, 0);
  let best = 0;
  let threshold = Number.POSITIVE_INFINITY;
  let truePositives = 0;
  for (const [k, i] of order.entries()) {
    truePositives += labels[i]!;
    const next = scores[order[k + 1] ?? -1] ?? 0;
    if (next === scores[i]) continue;
    const f1 = (2 * truePositives) / (nPositive + k + 1);
    if (f1 > best) {
      best = f1;
      threshold = (scores[i]! + next) / 2;
    }
  }
  return threshold;
}

/**
 * Accuracy of a grouping over all pairs of offers: a pair is positive if the grouping puts both into one group, and true
 * if they are of one product.
 */
export function pairwiseAccuracy(groups: readonly unknown[], products: readonly string[]): Accuracy {
  const together = countPairs(groups.map((group, i) => `${group} ${products[i]}`));
  return accuracy(together, countPairs(groups) - together, countPairs(products) - together);
}

function countPairs(labels: readonly unknown[]): number {
  const sizes = new Map<unknown, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}
