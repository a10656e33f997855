import type { ProductDetail } from '../../../shared/api/products.ts';
import { canBeBought } from '../availability.ts';
import { compareAmounts } from '../decimal.ts';

export type PriceObservation = ProductDetail['history'][number];

/** A span of time with one lowest price. */
export interface PriceStep {
  /** Milliseconds since the epoch. */
  fromMs: number;
  toMs: number;
  /** Decimal string; null: no shop had it. */
  amount: string | null;
}

/** A line needs two points. */
const N_TO_DRAW = 2;

/**
 * The currencies that can be drawn, each by itself, because prices in different currencies have no lowest. The preferred
 * one comes first where it has enough observations, the others by their number of observations.
 */
export function currenciesToDraw(history: readonly PriceObservation[], preferred: string): string[] {
  const counts = new Map<string, number>();
  for (const { price } of history) counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  const rank = ([currency, count]: [string, number]) =>
    currency === preferred && count >= N_TO_DRAW ? Number.POSITIVE_INFINITY : count;
  return [...counts].sort((a, b) => rank(b) - rank(a)).map(([currency]) => currency);
}

/**
 * The lowest price at which the product was available, as steps from the first observation to `untilMs`. A shop's price
 * holds until its next observation; a shop where the product is sold out does not count.
 *
 * @param history of one currency, in any order
 */
export function lowestPriceSteps(history: readonly PriceObservation[], untilMs: number): PriceStep[] {
  const inOrder = history
    .map((seen) => ({ ...seen, atMs: Date.parse(seen.observed_at) }))
    .sort((a, b) => a.atMs - b.atMs);
  const asked = new Map<string, string>();
  const steps: PriceStep[] = [];
  for (const seen of inOrder) {
    if (canBeBought(seen.availability)) asked.set(seen.shop, seen.price.amount);
    else asked.delete(seen.shop);
    const amount = [...asked.values()].reduce<string | null>(
      (lowest, each) => (lowest === null || compareAmounts(each, lowest) < 0 ? each : lowest),
      null,
    );
    const last = steps.at(-1);
    if (last?.fromMs === seen.atMs) last.amount = amount;
    else if (last === undefined || last.amount !== amount) {
      if (last) last.toMs = seen.atMs;
      steps.push({ fromMs: seen.atMs, toMs: seen.atMs, amount });
    }
  }
  const last = steps.at(-1);
  if (last) last.toMs = Math.max(untilMs, last.fromMs);
  return steps;
}

/** The part of the steps from `sinceMs` on. */
export function stepsSince(steps: readonly PriceStep[], sinceMs: number): PriceStep[] {
  return steps
    .filter((step) => step.toMs > sinceMs)
    .map((step) => ({ ...step, fromMs: Math.max(step.fromMs, sinceMs) }));
}

export interface PriceSummary {
  lowest: { amount: string; atMs: number };
  /** Half of the time the lowest price was this or less. */
  median: string;
}

/** null where the product was never available. */
export function summarize(steps: readonly PriceStep[]): PriceSummary | null {
  const known = steps.flatMap(({ amount, fromMs, toMs }) =>
    amount === null ? [] : [{ amount, fromMs, lasted: toMs - fromMs }],
  );
  const byPrice = [...known].sort((a, b) => compareAmounts(a.amount, b.amount));
  const [cheapest] = byPrice;
  if (cheapest === undefined) return null;
  const half = known.reduce((sum, { lasted }) => sum + lasted, 0) / 2;
  let passed = 0;
  const middle = byPrice.find(({ lasted }) => {
    passed += lasted;
    return passed >= half;
  });
  return {
    lowest: { amount: cheapest.amount, atMs: cheapest.fromMs },
    median: (middle ?? cheapest).amount,
  };
}
