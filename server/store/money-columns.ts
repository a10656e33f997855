import type { Money } from '../../shared/prices/money/money.ts';

/** Money from its two columns, which are both null or neither. */
export function toMoney(minor: number | null, currency: string | null): Money | null {
  return minor === null || currency === null ? null : { minor, currency };
}
