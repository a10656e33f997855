/** Exact arithmetic on the wire's decimal strings (`"12.34"`). Money is never turned into a float to be compared. */

function digitsAfterPoint(amount: string): number {
  const point = amount.indexOf('.');
  return point === -1 ? 0 : amount.length - point - 1;
}

function scaled(amount: string, digits: number): bigint {
  return BigInt(amount.replace('.', '') + '0'.repeat(digits - digitsAfterPoint(amount)));
}

/** Both amounts as integers of the same scale. */
function aligned(a: string, b: string): [bigint, bigint] {
  const digits = Math.max(digitsAfterPoint(a), digitsAfterPoint(b));
  return [scaled(a, digits), scaled(b, digits)];
}

/** Whether the amount is nothing, e.g. `0.00`. */
export function isZero(amount: string): boolean {
  return /^0(\.0+)?$/.test(amount);
}

/** Negative, 0 or positive, as `Array.prototype.sort` wants it. Amounts of one currency. */
export function compareAmounts(a: string, b: string): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * How far `amount` lies below `reference`, in whole per cent, rounded down so that no saving is overstated.
 * 0 where it does not lie below, or where the reference is not positive.
 */
export function percentBelow(amount: string, reference: string): number {
  const [value, base] = aligned(amount, reference);
  if (base <= 0n || value >= base) return 0;
  return Number(((base - value) * 100n) / base);
}
