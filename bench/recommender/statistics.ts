/** The median of several timings, and how far apart they lay. */
export interface Timing {
  median: number;
  least: number;
  most: number;
}

export function timingOf(values: readonly number[]): Timing {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), least: sorted[0]!, most: sorted.at(-1)! };
}

export function median(values: readonly number[]): number {
  return timingOf(values).median;
}

/** The value below which a share of the values lies, between neighbours in proportion. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * (sorted[Math.ceil(at)]! - sorted[low]!);
}
