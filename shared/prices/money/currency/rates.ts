import type { Money } from '../money.ts';
import { minorUnitDigits } from './iso-4217.ts';

/** Exchange rates of one day against one base currency, and exact conversion by them. */
export interface RateTable {
  /** The day the rates are of, `YYYY-MM-DD`. */
  readonly date: string;
  /** Publisher of the rates. */
  readonly source: string;
  /** Whether they came with the program, and are as old as `date` says, because no newer ones could be had. */
  readonly bundled: boolean;
  /**
   * The amount in another currency, rounded half away from zero to its minor unit.
   * @returns null where no rate is known for one of the two, or the result is too large to be held exactly.
   */
  convert(money: Money, currency: string): Money | null;
}

export interface PublishedRates {
  /** `YYYY-MM-DD`. */
  date: string;
  /** Units of each currency for one unit of the base, as decimal strings: as published, never as floats. */
  rates: Readonly<Record<string, string>>;
}

/** @param base ISO 4217 code of the currency that the rates are for one unit of. */
export function rateTable(
  { date, rates }: PublishedRates,
  { base, source, bundled }: { base: string; source: string; bundled: boolean },
): RateTable {
  const perBase = new Map(Object.entries(rates).map(([code, rate]) => [code, scaled(rate)]));
  perBase.set(base, scaled('1'));
  return {
    date,
    source,
    bundled,
    convert(money, currency) {
      if (money.currency === currency) return money;
      const from = perBase.get(money.currency);
      const to = perBase.get(currency);
      if (from === undefined || to === undefined) return null;
      const minor = roundedQuotient(
        BigInt(money.minor) * to * tenTo(minorUnitDigits(currency)),
        from * tenTo(minorUnitDigits(money.currency)),
      );
      const amount = Number(minor);
      return Number.isSafeInteger(amount) ? { minor: amount, currency } : null;
    },
  };
}

/** Decimals that rates are held with; the ECB publishes at most five. */
const RATE_DECIMALS = 10;

function scaled(rate: string): bigint {
  const [whole = '', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, RATE_DECIMALS).padEnd(RATE_DECIMALS, '0'));
}

function tenTo(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** Half away from zero; `divisor` is positive. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
