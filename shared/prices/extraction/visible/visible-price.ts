import type { Element } from 'domhandler';
import type { QuotedPrice } from '../../offer.ts';
import { parsePriceText } from '../../price-text/parse-price-text.ts';
import type { Page } from '../page.ts';
import { quotePriceText } from '../price-quote.ts';
import type { Ballot } from '../vote.ts';
import type { Anchors } from './anchors.ts';
import { findPriceTexts, type PriceText } from './price-texts.ts';
import { AROUND, type Surroundings } from './surroundings.ts';

interface PriceCandidate extends PriceText {
  price: QuotedPrice;
  around: number;
  score: number;
}

/** Beyond this many texts the nearness to the title says nothing any more. */
const NEARNESS_SCALE = 60;
/** The old price stands this many texts or fewer from the new one. */
const LIST_PRICE_REACH = 12;
/** Words inside the text itself that make it another amount than the price. */
const SIDE_TEXT =
  /\/\s*(?:mo|month|monat|mois|mes|mese|kg|l|100|m²|m2|pcs?|unit|stk?|st|ml|g)\b|per (?:month|unit|kg|100)|month|monat|mois|mensual|instal|mese\b|\bsav(?:e|ing)|spar|économ|ahorr|risparm|oszcz|korting|shipping|versand|delivery|liefer|livraison|envío|envio|spedizione|postage|dostaw|доставк|from your|off\b|orders? over|min\.|minimum|deposit|points|punkte|cashback|voucher|coupon|gutschein|subtotal|total\b|financ|\brate|raten|rata|credit|членск|x \d|^\+|^-|−\s*\d|\(\d|member|club|subscri|\babo\b|trade|used|gebraucht|refurb|warranty|protection|garantie/i;
const OLD_TEXT =
  /(?<!\p{L})(?:was|rrp|msrp|uvp|list price|reg(?:ular)?\.?(?: price)?|statt|vorher|bisher|ancien|avant|antes|prezzo di listino|van|ordinarie|före|tidl|přev|původn|cena regularna|najniższa|old price|original price|retail price|regular price|precio anterior|prix conseillé|prezzo precedente|adviesprijs|vejl|ord\.? pris|старая|было|原価|定価|市場価格|原价|市场价|原價|市價|建議售價|정가|giá cũ)(?!\p{L})/iu;
const PRICE_WORD =
  /(?<!\p{L})(?:price|now|only|sale|today|preis|jetzt|nur|prix|precio|ahora|preço|prezzo|ora|adesso|cena|prijs|nu|pris|hinta|preț|pret|цена|ціна|fiyat|ár|価格|价格|價格|售价|售價|特價|가격|giá|ราคา)(?!\p{L})/iu;
const MAX_CONFIDENCE = 0.82;
const MAX_VOTES = 4;

/** Votes for the price that stands where a reader looks for it, and for the struck one beside it. */
export function voteOnVisiblePrice(ballot: Ballot, page: Page, anchors: Anchors, surroundings: Surroundings): void {
  const candidates = readCandidates(page, surroundings);
  if (candidates.length === 0) return;
  scoreCandidates(candidates, anchors);
  favourRepeated(candidates, page);
  favourReduced(candidates, page);
  const ranked = candidates.filter((candidate) => !isStruck(candidate)).sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (!best) return;
  const voted = new Set<string>();
  for (const candidate of ranked) {
    if (voted.size >= MAX_VOTES) break;
    if (voted.has(candidate.price.amount)) continue;
    const rank = voted.size;
    voted.add(candidate.price.amount);
    ballot.add('price', candidate.price, candidate.text, confidenceOf(candidate.score) / 2 ** rank);
  }
  const struck = candidates
    .filter((candidate) => isListPriceOf(candidate, best))
    .sort((a, b) => Math.abs(a.at - best.at) - Math.abs(b.at - best.at))[0];
  if (struck) ballot.add('listPrice', struck.price, struck.text, 0.8 * confidenceOf(best.score));
}

export function isStruck({ around, label, text }: PriceCandidate): boolean {
  return (around & AROUND.struck) !== 0 || OLD_TEXT.test(text) || OLD_TEXT.test(label);
}

export function readCandidates(page: Page, surroundings: Surroundings): PriceCandidate[] {
  const isPriceNamed = (element: Element): boolean => (surroundings.of(element) & AROUND.price) !== 0;
  const quotes = new Map<string, QuotedPrice | null>();
  const candidates: PriceCandidate[] = [];
  for (const found of findPriceTexts(page.outline.texts, isPriceNamed)) {
    let price = quotes.get(found.text);
    if (price === undefined) {
      price = quoteOf(found.text, page.country);
      quotes.set(found.text, price);
    }
    if (price === null) continue;
    candidates.push({ ...found, price, around: surroundings.of(found.element), score: 0 });
  }
  return candidates;
}

function quoteOf(text: string, country: string | null): QuotedPrice | null {
  if (parsePriceText(text, { country }).per !== null) return null;
  return quotePriceText(text, { country });
}

const WEIGHTS: [bits: number, weight: number][] = [
  [AROUND.price, 1.4],
  [AROUND.current, 0.5],
  [AROUND.perUnit, -2],
  [AROUND.old, -1.5],
  [AROUND.shipping, -2.5],
  [AROUND.sideMoney, -1.2],
  [AROUND.elsewhere, -2],
  [AROUND.frame, -1.2],
  [AROUND.hidden, -2],
  [AROUND.link, -1.2],
  [AROUND.emphasis, 0.4],
  [AROUND.product, 0.4],
  [AROUND.choice, -0.6],
];

export function scoreCandidates(candidates: PriceCandidate[], { title, buy }: Anchors): void {
  const shown = new Map<string, number>();
  for (const { price, around } of candidates) {
    if ((around & (AROUND.elsewhere | AROUND.link)) === 0) shown.set(price.amount, (shown.get(price.amount) ?? 0) + 1);
  }
  for (const candidate of candidates) {
    let score = -1.2;
    for (const [bits, weight] of WEIGHTS) if ((candidate.around & bits) !== 0) score += weight;
    if (SIDE_TEXT.test(candidate.text) || SIDE_TEXT.test(candidate.label)) score -= 2;
    if (PRICE_WORD.test(candidate.label)) score += 0.8;
    if (/^\D{0,12}[\d.,'’\s]+\D{0,6}$/.test(candidate.text)) score += 0.4;
    if (candidate.price.currency !== null) score += 0.3;
    score += nearness(candidate.at, title?.at ?? 0) * (title ? 1.6 : 0.8);
    if (buy && !buy.disabled) score += 0.8 * Math.exp(-Math.abs(candidate.at - buy.at) / 30);
    score += Math.min(2, (shown.get(candidate.price.amount) ?? 1) - 1) * 0.25;
    candidate.score = score;
  }
}

const DESCRIPTIONS = ['description', 'og:description', 'twitter:description', 'og:title'];

/** Shops write the price into the description that search engines and messengers show. */
function favourRepeated(candidates: PriceCandidate[], page: Page): void {
  const descriptions = DESCRIPTIONS.map((name) => page.outline.meta.get(name) ?? '').join(' ');
  const amounts = new Set(descriptions.match(/\d[\d.,]*\d|\d/g) ?? []);
  for (const candidate of candidates) {
    const digits = /\d[\d.,]*\d/.exec(candidate.text)?.[0];
    if (digits !== undefined && digits.length > 2 && amounts.has(digits)) candidate.score += 0.7;
  }
}

const PERCENT = /(?<!\d)(\d{1,2})(?:[.,]\d)?\s?%/;
const PERCENT_REACH = 4;

/** Two prices beside the percentage by which they differ: the lower one is asked, the higher one was. */
function favourReduced(candidates: PriceCandidate[], page: Page): void {
  const { texts } = page.outline;
  for (const higher of candidates) {
    for (const lower of candidates) {
      if (Math.abs(higher.at - lower.at) > PERCENT_REACH || lower === higher) continue;
      const reduction = 1 - Number(lower.price.amount) / Number(higher.price.amount);
      if (reduction < 0.02) continue;
      const from = Math.max(0, Math.min(higher.at, lower.at) - PERCENT_REACH);
      const near = texts.slice(from, Math.max(higher.at, lower.at) + PERCENT_REACH);
      const isShown = near.some(({ data }) => {
        const percent = data.length < 60 ? PERCENT.exec(data)?.[1] : undefined;
        return percent !== undefined && Math.abs(Number(percent) / 100 - reduction) < 0.011;
      });
      if (!isShown) continue;
      higher.around |= AROUND.struck;
      lower.score += 0.5;
    }
  }
}

/** 1 right after the title, falling to 0; what stands before the title counts little. */
function nearness(at: number, titleAt: number): number {
  const distance = at - titleAt;
  return distance >= 0 ? Math.exp(-distance / NEARNESS_SCALE) : 0.4 * Math.exp(distance / NEARNESS_SCALE);
}

function confidenceOf(score: number): number {
  return MAX_CONFIDENCE / (1 + Math.exp(0.6 - 1.3 * score));
}

function isListPriceOf(candidate: PriceCandidate, best: PriceCandidate): boolean {
  const isOld = (candidate.around & AROUND.old) !== 0 || isStruck(candidate);
  return (
    isOld &&
    Math.abs(candidate.at - best.at) <= LIST_PRICE_REACH &&
    Number(candidate.price.amount) > Number(best.price.amount) &&
    candidate.price.currency === best.price.currency
  );
}
