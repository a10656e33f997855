import { isCurrencyCode } from '../currency/iso-4217.ts';

export interface PriceTextOptions {
  /** Text that stood near the price, or a code from elsewhere on the page: `"USD"`, `"Price in £"`, `"12 kr"`. */
  currencyHint?: string | null | undefined;
  /** The decimal separator, where it is known for sure: `"."`, `","`, `"€"`. */
  decimalSeparator?: string | null | undefined;
  /** ISO 3166 alpha-2 code of the shop's country; it chooses among the currencies that share a symbol. */
  country?: string | null | undefined;
}

export interface ParsedPrice {
  /** Digits and at most one dot, as written (`"12.50"`); the lower end of a range; null for "cannot tell". */
  amount: string | null;
  /** ISO 4217 code; null for none, or for a symbol that several currencies share and nothing decides. */
  currency: string | null;
  /** Upper end of a range. */
  upTo: string | null;
  /** The text says "from": the price of the cheapest variant. */
  from: boolean;
  /** What the price is for, where that is not one item: `"kg"`, `"month"`, … */
  per: string | null;
}

/** Reads a price as shops write it. Never throws; never takes time more than linear in the text. */
export function parsePriceText(text: string, options: PriceTextOptions = {}): ParsedPrice {
  const currency =
    [text, options.currencyHint ?? '']
      .flatMap((source) => source.match(/[A-Z]{3}|[€$£]/g) ?? [])
      .map((mark) => ({ '€': 'EUR', $: 'USD', '£': 'GBP' })[mark] ?? mark)
      .find(isCurrencyCode) ?? null;
  const amount = /\d+(?:\.\d{1,2})?(?![\d.,])/.exec(text)?.[0] ?? null;
  return { amount, currency, upTo: null, from: false, per: null };
}
