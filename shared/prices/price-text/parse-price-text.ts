import type { CurrencyMark } from '../money/currency/marks.ts';
import { anywhere, wordsOf } from '../words/compile.ts';
import { type Amount, findAmounts } from './amounts.ts';
import { hasOnlyPriceWords, isPlausibleWithoutMark } from './bare-amounts.ts';
import { plainPriceText } from './characters.ts';
import { compareDecimals } from './number.ts';
import { type CurrencyContext, findHintMark, findTextMark, resolveCurrency } from './resolve-currency.ts';
import { type AmountRole, roleOf } from './roles.ts';
import { type Token, tokenize } from './tokens.ts';
import { isRangeConnector, labelOf, saysFree } from './vocabulary.ts';

export interface PriceTextOptions {
  /** Text that stood near the price, or a code from elsewhere on the page: `"USD"`, `"Price in £"`, `"12 kr"`. */
  currencyHint?: string | null | undefined;
  /** The decimal separator, where it is known for sure: `"."`, `","`, or a sign (`"€"` for `5€99`). */
  decimalSeparator?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the shop's country: it chooses among currencies that share a sign, and adds none. */
  country?: string | null | undefined;
}

export interface ParsedPrice {
  /** Digits and at most one dot, as written (`"12.50"`); the lower end of a range; null for "cannot tell". */
  amount: string | null;
  /** ISO 4217 code; null for none, or for a mark that several currencies share where nothing decides. */
  currency: string | null;
  /** Upper end of a range, otherwise null. */
  upTo: string | null;
  /** The text says "from": this is the price of the cheapest variant. */
  from: boolean;
  /** What the price is for, where the text says it: `kg`, `l`, `month`, `piece`, …; otherwise null. */
  per: string | null;
}

/**
 * Reads a price as shops write it, in any script and convention. Where the text holds several amounts, the current
 * price goes before others, and old prices, prices by weight, instalments and shipping come after; discounts,
 * percentages, sizes, counts, dates and negative amounts are never prices.
 *
 * Never throws, and takes time linear in the text.
 */
export function parsePriceText(text: string, options: PriceTextOptions = {}): ParsedPrice {
  const hint = options.currencyHint ? findHintMark(options.currencyHint) : null;
  const country = options.country?.toUpperCase() ?? (SIMPLIFIED_CHINESE.test(text) ? 'CN' : null);
  const context: CurrencyContext = { hint, country };
  const isBritish = country === 'GB' || hint?.codes.join() === 'GBP';
  const tokens = tokenize(isBritish ? penceAsPounds(plainPriceText(text)) : plainPriceText(text));
  const elsewhere = findTextMark(tokens)?.mark ?? hint;
  const price = choosePrice(tokens, findAmounts(tokens, options.decimalSeparator ?? null, elsewhere));
  if (price === null) {
    const currency = elsewhere === null ? null : resolveCurrency(elsewhere, 'after', null, context);
    return { amount: saysNothingToPay(tokens) ? '0' : null, currency, upTo: null, from: false, per: null };
  }
  const { amount, upTo, role } = price;
  const mark: CurrencyMark | null = amount.mark ?? upTo?.mark ?? elsewhere;
  const { position } = amount.mark === null && upTo !== null ? upTo : amount;
  return {
    amount: amount.value,
    currency: mark === null ? null : resolveCurrency(mark, position, amount.value, context),
    upTo: upTo?.value ?? null,
    from: role.from,
    per: role.per,
  };
}

/** `85p` is a price where pence are the hundredths; elsewhere it is a count of pages, pins or lines. */
function penceAsPounds(text: string): string {
  return text.replace(
    /(?<![\d.,\p{L}])(\d{1,2})p(?![\d\p{L}])/gu,
    (_, pence: string) => `£0.${pence.padStart(2, '0')}`,
  );
}

/** Beside these, `￥` is not the yen. */
const SIMPLIFIED_CHINESE = anywhere(wordsOf(({ yuanLabels }) => yuanLabels));

interface Candidate {
  amount: Amount;
  /** The other end of a range. */
  upTo: Amount | null;
  role: AmountRole;
}

function choosePrice(tokens: readonly Token[], amounts: readonly Amount[]): Candidate | null {
  let best: Candidate | null = null;
  const text = {
    nNumbers: tokens.filter((token) => token.kind === 'number').length,
    hasMarkedAmount: amounts.some((amount) => amount.mark !== null),
    hasOnlyPriceWords: hasOnlyPriceWords(tokens),
  };
  for (let i = 0; i < amounts.length; i += 1) {
    const amount = amounts[i]!;
    const upTo = rangeEnd(tokens, amount, amounts[i + 1]);
    const candidate = { amount, upTo, role: roleOf(tokens, amounts, i, upTo) };
    if (upTo !== null) i += 1;
    if (candidate.role.rank === null) continue;
    const marked = amount.mark !== null || upTo !== null;
    if (!marked && !isPlausibleWithoutMark(tokens, amount, text)) continue;
    if (best === null || outranks(candidate, best)) best = candidate;
  }
  return best;
}

/** A marked amount goes before an unmarked one; then the role decides; then the place in the text. */
function outranks(candidate: Candidate, best: Candidate): boolean {
  return score(candidate) > score(best);
}

function score({ amount, upTo, role }: Candidate): number {
  const marked = amount.mark !== null || (upTo?.mark ?? null) !== null;
  return (role.rank ?? 0) + (marked ? 1.5 : 0);
}

/** The amount after `amount` if the two are the ends of a range: `$10 – $20`, `from 26 to 50 €`. */
function rangeEnd(tokens: readonly Token[], amount: Amount, next: Amount | undefined): Amount | null {
  if (next === undefined || next.first !== amount.last + 2) return null;
  const connector = tokens[amount.last + 1]!;
  if (connector.kind === 'number' || !isRangeConnector(tokenText(connector))) return null;
  const another = tokens[next.last + 1];
  if (another !== undefined && another.kind === 'punctuation' && isRangeConnector(another.text)) {
    if (tokens[next.last + 2]?.kind === 'number') return null;
  }
  const marked = amount.mark !== null || next.mark !== null;
  if (!marked && !(amount.priceShaped && next.priceShaped)) return null;
  return compareDecimals(amount.value, next.value) <= 0 ? next : null;
}

function tokenText(token: Exclude<Token, { kind: 'number' }>): string {
  return token.text.toLowerCase();
}

function saysNothingToPay(tokens: readonly Token[]): boolean {
  if (tokens.some((token) => token.kind === 'number')) return false;
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.text.toLowerCase()] : []));
  const told = words.filter((word) => labelOf(word) !== 'price');
  return [words, told].some((part) => saysFree(part.join(' ')) || saysFree(part.join('')));
}
