import { minorUnitDigits } from './currency/iso-4217.ts';

/**
 * Money as integer minor units and an ISO 4217 code: never a float.
 *
 * The wire form is `{"amount": "12.34", "currency": "EUR"}`.
 */
export interface Money {
  /** Amount in the currency's minor unit (cents for EUR, yen for JPY, fils for KWD). A safe integer. */
  readonly minor: number;
  /** ISO 4217 alphabetic code, upper case. */
  readonly currency: string;
}

/** Money on the wire: a decimal string with the currency's own number of digits, and its ISO 4217 code. */
export interface WireMoney {
  amount: string;
  currency: string;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Money from a decimal string such as `"12.34"`. Digits beyond the minor unit are rounded, half away from zero, as
 * shops do.
 * @returns null when the amount is too large for a safe integer of minor units: such a "price" is a reading error.
 * @throws RangeError when `amount` is not a plain decimal or `currency` is not in ISO 4217.
 */
export function moneyFromDecimal(amount: string, currency: string): Money | null {
  const match = DECIMAL.exec(amount);
  if (match === null) throw new RangeError(`"${amount}" is not a decimal amount`);
  const digits = minorUnitDigits(currency);
  const [, sign, whole = '', fraction = ''] = match;
  const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const roundUp = (fraction[digits] ?? '0') >= '5';
  const minor = kept + (roundUp ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return null;
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency };
}

/** The amount as a decimal string with the currency's own number of digits: `"12.34"`, `"1200"` for JPY. */
export function decimalAmount({ minor, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function toWireMoney(money: Money): WireMoney {
  return { amount: decimalAmount(money), currency: money.currency };
}

/**
 * Money from its wire form.
 * @throws RangeError when it is not a decimal amount of an ISO 4217 currency, or too large.
 */
export function fromWireMoney({ amount, currency }: WireMoney): Money {
  const money = moneyFromDecimal(amount, currency);
  if (money === null) throw new RangeError(`${amount} ${currency} is too large to be held exactly`);
  return money;
}

/**
 * @throws RangeError when the currencies differ (convert first), or the sum is too large to be exact.
 */
export function addMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  const minor = a.minor + b.minor;
  if (!Number.isSafeInteger(minor)) throw new RangeError('the sum is too large to be held exactly');
  return { minor, currency: a.currency };
}

/**
 * Order of two amounts for `sort`: negative when `a` is less.
 * @throws RangeError when the currencies differ: convert first.
 */
export function compareMoney(a: Money, b: Money): number {
  requireSameCurrency(a, b);
  return a.minor - b.minor;
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`cannot combine ${a.currency} with ${b.currency}: convert first`);
}
