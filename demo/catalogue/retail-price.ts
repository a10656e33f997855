/** Rounds to a price as shops write it: 7.49, 24.99, 189.00, 1,299.00. Cents to cents. */
export function retailPriceCents(cents: number): number {
  if (cents < 2_000) return Math.max(Math.round(cents / 50) * 50 - 1, 49);
  if (cents < 10_000) return Math.round(cents / 100) * 100 - 1;
  if (cents < 50_000) return Math.round(cents / 1_000) * 1_000 - 100;
  return Math.round(cents / 5_000) * 5_000 - 100;
}
