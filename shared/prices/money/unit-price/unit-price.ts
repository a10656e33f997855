import { minorUnitDigits } from '../currency/iso-4217.ts';
import type { Money } from '../money.ts';
import { packageSize } from './package-size.ts';

export interface UnitPrice {
  /** Decimal string, with as many digits beyond the minor unit as three exact digits need: `"0.0345"` a piece. */
  amount: string;
  currency: string;
  per: 'kg' | 'l' | 'piece';
}

/** Three digits are enough to compare by; a rounding error of more than this share asks for one digit more. */
const MAX_ROUNDING_SHARE = 200n;
const MAX_EXTRA_DIGITS = 4;

/** The price of a kilogram, a litre or a piece, by the size or count in the title; null where it tells none. */
export function unitPrice(title: string, price: Money): UnitPrice | null {
  const size = packageSize(title);
  if (size === null || price.minor <= 0) return null;
  const digits = minorUnitDigits(price.currency);
  for (let extra = 0; ; extra += 1) {
    const dividend = BigInt(price.minor) * 10n ** BigInt(extra) * 1_000_000_000n;
    const quotient = (2n * dividend + size.billionths) / (2n * size.billionths);
    const error = quotient * size.billionths - dividend;
    const isExact = (error < 0n ? -error : error) * MAX_ROUNDING_SHARE <= dividend;
    if (isExact || extra === MAX_EXTRA_DIGITS) {
      return { amount: decimal(quotient, digits + extra), currency: price.currency, per: size.per };
    }
  }
}

function decimal(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
