/*
 * Where an old price is told from the new one, step by step:
 *
 *   surroundings.ts             reads from the markup, as bits, what the elements around an amount are named (`old`) and
 *                               whether they strike it through (`struck`)
 *   price-candidates.ts         marks the higher of two prices beside the percentage between them (`reduced`). A struck or
 *                               reduced amount is surely old; one that is only called old, by a name in the markup or a
 *                               word beside it, is less likely, since shops without a sale call the price itself so
 *   visible-price-extractor.ts  votes for the price among the amounts that are not surely old, and for the list price with
 *                               the nearest old amount, surely or only called so, that is higher than the likeliest price
 *   model/describe.ts           tells the model that a price has votes for the list price
 *   settled.ts                  the shortcut: structured data alone, where no old price or discount stands by the amount
 */
import type { QuotedPrice } from '../../offer.ts';
import { scoreOfSignals, weightsOf } from '../model/rank.ts';
import type { Page } from '../page.ts';
import { type Quote, readQuote } from '../price-quote.ts';
import type { VisibleLayout } from './layout.ts';
import { findPriceTexts, type PriceText } from './price-texts.ts';
import {
  GROSS_WORDS,
  NET_WORDS,
  OLD_PRICE_WORDS,
  PRICE_WORDS,
  SALE_WORDS,
  SIDE_MONEY_WORDS,
  SUBSCRIPTION_WORDS,
} from './price-words.ts';
import { FREE_SENDING } from './shipping-words.ts';
import { AROUND } from './surroundings.ts';

/** An amount on the page with what speaks for its being the price. */
export interface PriceCandidate extends PriceText {
  price: QuotedPrice;
  /** Bits of `AROUND`. */
  around: number;
  /** What the model weighs. */
  signals: Record<string, number>;
}

/** Beyond this many texts the nearness to the title says nothing any more. */
const TITLE_SCALE = 60;
const BUTTON_SCALE = 30;
/** A dash alone before an amount: that is the dearest variant's. */
const UPPER_END = /^[-–—~]$/;
const PLAIN_AMOUNT = /^\D{0,12}[\d.,'’\s]+\D{0,6}$/;

/** Two extractors ask for the same amounts. */
const found = new WeakMap<Page, readonly PriceCandidate[]>();

/** The amounts around the title, described, in document order. */
export function findPriceCandidates(page: Page): readonly PriceCandidate[] {
  let candidates = found.get(page);
  if (!candidates) {
    candidates = describeCandidates(page);
    found.set(page, candidates);
  }
  return candidates;
}

function describeCandidates(page: Page): PriceCandidate[] {
  const candidates = readCandidates(page);
  const shown = new Map<string, number>();
  for (const { price, around } of candidates) {
    if ((around & (AROUND.elsewhere | AROUND.link)) === 0) shown.set(price.amount, (shown.get(price.amount) ?? 0) + 1);
  }
  for (const candidate of candidates) {
    const nRepeats = (shown.get(candidate.price.amount) ?? 1) - 1;
    candidate.signals = signalsOf(candidate, page.layout);
    if (nRepeats > 0) candidate.signals.repeated = Math.min(2, nRepeats);
  }
  doubtCalledOld(candidates);
  favourDescribed(candidates, page);
  favourReduced(candidates, page.layout);
  favourPack(candidates);
  return candidates;
}

/** How likely a candidate alone is the price, 0…1, by what is shown. */
export function confidenceIn({ signals }: PriceCandidate): number {
  return 1 / (1 + Math.exp(-scoreOfSignals(signals, weightsOf('price'))));
}

/** Whether an amount is struck through, or the higher of two beside their discount: then it is not the price asked now. */
export function isSurelyOld({ around }: PriceCandidate): boolean {
  return (around & (AROUND.struck | AROUND.reduced)) !== 0;
}

/** Whether an amount is called a former or a recommended price. Shops without a sale call the price itself so. */
export function isCalledOld({ around, label, text }: PriceCandidate): boolean {
  return (around & AROUND.old) !== 0 || OLD_PRICE_WORDS.test(text) || OLD_PRICE_WORDS.test(label);
}

function readCandidates(page: Page): PriceCandidate[] {
  const quotes = new Map<string, QuotedPrice | null>();
  const currencies = new Set<string>();
  const candidates: PriceCandidate[] = [];
  for (const shown of findPriceTexts(page.layout)) {
    let price = quotes.get(shown.text);
    if (price === undefined) {
      const quote = readQuote(shown.text, { country: page.country });
      if (quote.currency !== null) currencies.add(quote.currency);
      price = ofOneItem(quote);
      quotes.set(shown.text, price);
    }
    if (price === null) continue;
    candidates.push({ ...shown, price, around: page.layout.surroundings.of(shown.innermost), signals: {} });
  }
  return withPageCurrency(candidates, currencies);
}

/** The price that a text shows for one item. What is priced by weight, length or month has another price than this; by the piece or pack it has not. */
export function quoteVisiblePrice(text: string, country: string | null): QuotedPrice | null {
  return ofOneItem(readQuote(text, { country }));
}

function ofOneItem({ price, per }: Quote): QuotedPrice | null {
  return per === null || per === 'piece' || per === 'pack' ? price : null;
}

/** A bare amount has the currency of the page's other amounts (instalments and an empty cart's too), when these have but one. */
function withPageCurrency(candidates: PriceCandidate[], currencies: ReadonlySet<string>): PriceCandidate[] {
  const [only] = currencies;
  if (currencies.size !== 1 || only === undefined) return candidates;
  return candidates.map((candidate) => ({ ...candidate, price: { ...candidate.price, currency: only } }));
}

const BITS = Object.entries(AROUND);

function signalsOf(candidate: PriceCandidate, { anchors, titleAt }: VisibleLayout): Record<string, number> {
  const { around, text, label, remark, at, price } = candidate;
  const signals: Record<string, number> = { shown: 1 };
  for (const [name, bit] of BITS) if ((around & bit) !== 0) signals[`in ${name}`] = 1;
  const beside = [text, label, remark].filter((words) => !FREE_SENDING.test(words));
  if (beside.some((words) => SIDE_MONEY_WORDS.test(words))) signals['side money'] = 1;
  if (beside.some((words) => NET_WORDS.test(words))) signals.net = 1;
  if (GROSS_WORDS.test(text) || GROSS_WORDS.test(remark)) signals.gross = 1;
  if (UPPER_END.test(label)) signals['upper end'] = 1;
  if (isCalledOld(candidate)) signals['called old'] = 1;
  else if (SALE_WORDS.test(label)) signals['called sale'] = 1;
  else if (PRICE_WORDS.test(label)) signals['called price'] = 1;
  if (PLAIN_AMOUNT.test(text)) signals['amount alone'] = 1;
  if (price.currency !== null) signals['with currency'] = 1;
  signals[anchors.title ? 'near title' : 'near start'] = nearness(at - titleAt);
  if (anchors.buy && !anchors.buy.disabled) {
    signals['near button'] = Math.exp(-Math.abs(at - anchors.buy.at) / BUTTON_SCALE);
  }
  return signals;
}

/** An amount that a word or a line calls old in one place is hardly the price in another. */
function doubtCalledOld(candidates: readonly PriceCandidate[]): void {
  const isOld = ({ text, label, around }: PriceCandidate): boolean =>
    (around & AROUND.struck) !== 0 || OLD_PRICE_WORDS.test(text) || OLD_PRICE_WORDS.test(label);
  const old = new Set(candidates.filter(isOld).map(({ price }) => price.amount));
  for (const candidate of candidates) {
    if (old.has(candidate.price.amount) && !isOld(candidate)) candidate.signals['old elsewhere'] = 1;
  }
}

/** 1 right after the title, falling to 0; what stands before the title counts little. */
function nearness(distance: number): number {
  return distance >= 0 ? Math.exp(-distance / TITLE_SCALE) : 0.4 * Math.exp(distance / TITLE_SCALE);
}

const DESCRIPTIONS = ['description', 'og:description', 'twitter:description', 'og:title'];

/** Shops write the price into the description that search engines and messengers show. */
function favourDescribed(candidates: PriceCandidate[], { outline }: Page): void {
  const descriptions = DESCRIPTIONS.map((name) => outline.meta.get(name) ?? '').join(' ');
  const amounts = new Set(descriptions.match(/\d[\d.,]*\d/g) ?? []);
  for (const candidate of candidates) {
    const digits = /\d[\d.,]*\d/.exec(candidate.text)?.[0];
    if (digits !== undefined && digits.length > 2 && amounts.has(digits)) candidate.signals.described = 1;
  }
}

/** Prices of a pack and of one of its pieces stand within this many texts of each other. */
const PACK_REACH = 8;

/** Of two prices by the unit, one beside the other, the higher is that of what is sold: "3.50 / unit", "0.70 each". */
function favourPack(candidates: PriceCandidate[]): void {
  const byUnit = candidates.filter(({ around }) => (around & AROUND.perUnit) !== 0);
  byUnit.forEach((one, index) => {
    const other = byUnit[index + 1];
    if (!other || other.at - one.at > PACK_REACH || one.price.amount === other.price.amount) return;
    const higher = Number(one.price.amount) > Number(other.price.amount) ? one : other;
    higher.signals['of the pack'] = 1;
  });
}

const PERCENT = /(?<!\d)(\d{1,2})(?:[.,]\d)?\s?%/;
const MAX_PERCENT_LENGTH = 60;
/** Old price, new price and discount stand within this many texts of each other. */
const DISCOUNT_REACH = 4;
/** Percentages are rounded. */
const DISCOUNT_TOLERANCE = 0.011;

/** Two prices beside the percentage by which they differ: the lower one is asked, the higher one was. */
function favourReduced(candidates: PriceCandidate[], layout: VisibleLayout): void {
  candidates.forEach((one, index) => {
    for (const other of candidates.slice(index + 1)) {
      if (other.at - one.at > DISCOUNT_REACH) break;
      const [lower, higher] = Number(one.price.amount) < Number(other.price.amount) ? [one, other] : [other, one];
      const reduction = 1 - Number(lower.price.amount) / Number(higher.price.amount);
      // What is saved by paying at once makes no sale.
      if ('side money' in lower.signals && (higher.around & (AROUND.struck | AROUND.old)) === 0) continue;
      if (reduction === 0 || !showsDiscount(layout, one.at, other.at, reduction)) continue;
      higher.around |= AROUND.reduced;
      higher.signals['in reduced'] = 1;
      lower.signals['beside discount'] = 1;
    }
  });
}

function showsDiscount(layout: VisibleLayout, from: number, to: number, reduction: number): boolean {
  for (let at = from - DISCOUNT_REACH; at <= to + DISCOUNT_REACH; at += 1) {
    const text = layout.line(at);
    if (SUBSCRIPTION_WORDS.test(text)) continue;
    const percent = text.length <= MAX_PERCENT_LENGTH ? PERCENT.exec(text)?.[1] : undefined;
    if (percent !== undefined && Math.abs(Number(percent) / 100 - reduction) < DISCOUNT_TOLERANCE) return true;
  }
  return false;
}
