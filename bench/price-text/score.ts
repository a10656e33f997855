import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';

/** A row of `price-parser-cases.jsonl`. */
interface PriceCase {
  xfail: boolean;
  price_raw: string | null;
  currency_raw: string | null;
  expected_amount: string | null;
  expected_currency_symbol?: string | null;
  amount_only?: boolean;
  decimal_separator?: string;
}

export interface PriceTextScore {
  nAmounts: number;
  nAmountsRight: number;
  nCurrencies: number;
  nCurrenciesRight: number;
  wrong: string[];
}

/**
 * What each symbol of the cases may be read as. Several codes: the symbol is shared, and any of them is right. None:
 * ISO 4217 has no such currency, and any code is wrong.
 */
const SYMBOLS: Readonly<Record<string, string>> = {
  $: 'USD',
  US$: 'USD',
  '€': 'EUR',
  euro: 'EUR',
  '£': 'GBP',
  '₤': 'GBP ITL',
  R$: 'BRL',
  'руб.': 'RUB',
  руб: 'RUB',
  'р.': 'RUB',
  Р: 'RUB',
  'грн.': 'UAH',
  грн: 'UAH',
  '₴': 'UAH',
  Kč: 'CZK',
  zł: 'PLN',
  '₪': 'ILS',
  '₫': 'VND',
  Ft: 'HUF',
  TL: 'TRY',
  '₺': 'TRY',
  NT$: 'TWD',
  '₹': 'INR',
  Rp: 'IDR',
  lei: 'RON MDL',
  LEI: 'RON MDL',
  лв: 'BGN',
  'лв.': 'BGN',
  ریال: 'IRR',
  ريال: 'SAR QAR OMR YER',
  درهم: 'AED MAD',
  جنيه: 'EGP SDG',
  Dinara: 'RSD',
  'Fr.': 'CHF',
  AU$: 'AUD',
  C$: 'CAD NIO',
  ƒ: 'AWG ANG XCG',
  Br: 'BYN ETB',
  BZ$: 'BZD',
  'Nu.': 'BTN',
  KM: 'BAM',
  FBu: 'BIF',
  BD: 'BHD',
  '₣': 'CHF FRF XPF',
  '₡': 'CRC',
  kn: 'HRK',
  CUC$: 'CUC',
  Fdj: 'DJF',
  RD$: 'DOP',
  Nfk: 'ERN',
  J$: 'JMD',
  KD: 'KWD',
  '₭': 'LAK',
  MK: 'MWK',
  Rf: 'MVR',
  '₨': 'INR PKR LKR NPR MUR SCR',
  '₦': 'NGN',
  'S/.': 'PEN',
  TT$: 'TTD',
  USh: 'UGX',
  FG: 'GNF',
  원: 'KRW',
  تومان: '',
  '₿': '',
  '₶': '',
};

/** Scores `parsePriceText` on price-parser's cases that are not marked as failing there. */
export function scorePriceText(dataDir: string): PriceTextScore {
  const score: PriceTextScore = { nAmounts: 0, nAmountsRight: 0, nCurrencies: 0, nCurrenciesRight: 0, wrong: [] };
  for (const row of priceCases(dataDir).filter(({ xfail }) => !xfail)) {
    const { amount, currency } = readCase(row);
    const amountRight = sameAmount(amount, row.expected_amount);
    score.nAmounts += 1;
    score.nAmountsRight += Number(amountRight);
    const judged = row.amount_only !== true;
    const currencyRight = judged && acceptedCodes(row.expected_currency_symbol ?? null).includes(currency);
    score.nCurrencies += Number(judged);
    score.nCurrenciesRight += Number(currencyRight);
    if (amountRight && (currencyRight || !judged)) continue;
    const expected = `${row.expected_amount} ${row.expected_currency_symbol}`;
    score.wrong.push(`${JSON.stringify(row.price_raw)} is ${expected}, read as ${amount} ${currency}`);
  }
  return score;
}

export function priceCases(dataDir: string): PriceCase[] {
  const text = readFileSync(join(dataDir, 'extraction/price-parser-cases.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): PriceCase => JSON.parse(line));
}

export function readCase(row: PriceCase): { amount: string | null; currency: string | null } {
  return parsePriceText(row.price_raw ?? '', {
    currencyHint: row.currency_raw,
    decimalSeparator: row.decimal_separator,
  });
}

function sameAmount(amount: string | null, expected: string | null): boolean {
  return amount === null || expected === null ? amount === expected : Number(amount) === Number(expected);
}

function acceptedCodes(symbol: string | null): (string | null)[] {
  if (symbol === null) return [null];
  const codes = SYMBOLS[symbol] ?? symbol.toUpperCase();
  return codes === '' ? [null] : codes.split(' ');
}
