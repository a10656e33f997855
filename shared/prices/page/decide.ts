import type { Evidence, ExtractedOffer, QuotedPrice } from '../offer.ts';
import { samePrice } from './price-quote.ts';
import type { Field, FieldValues, Vote } from './vote.ts';

/** A vote and the extractor that cast it. */
export interface CastVote {
  source: string;
  vote: Vote;
}

const MAX_RAW_LENGTH = 200;
/** Candidates shown per field; the rest says nothing new. */
const MAX_EVIDENCE = 12;
/** No amount of agreement makes a reading certain. */
const MAX_CONFIDENCE = 0.99;
/** A field whose best candidate is less sure than this is left as "cannot tell". */
const MIN_CONFIDENCE: Partial<Record<Field, number>> = { price: 0.35, availability: 0.3 };
const DEFAULT_MIN_CONFIDENCE = 0.15;

interface Candidate<F extends Field> {
  value: FieldValues[F];
  /** 1 − Π(1 − confidence) over the sources that agree, each counted once. */
  confidence: number;
  votes: CastVote[];
}

/** The offer that the votes add up to: per field the candidate that the sources together find likeliest. */
export function decide(votes: readonly CastVote[]): ExtractedOffer {
  const evidence: ExtractedOffer['evidence'] = {};
  const elect = <F extends Field>(field: F): FieldValues[F] | null => {
    const candidates = candidatesOf(field, votes);
    const best = candidates[0];
    if (!best) return null;
    evidence[field] = candidates.flatMap(evidenceOf).slice(0, MAX_EVIDENCE);
    return best.confidence >= (MIN_CONFIDENCE[field] ?? DEFAULT_MIN_CONFIDENCE) ? best.value : null;
  };
  const price = elect('price');
  const listPrice = elect('listPrice');
  const sku = elect('sku');
  const mpn = elect('mpn');
  return {
    title: elect('title'),
    price,
    listPrice: isDiscounted(price, listPrice) ? listPrice : null,
    availability: elect('availability'),
    condition: elect('condition'),
    shipping: elect('shipping'),
    shippingTo: elect('shippingTo'),
    sku,
    gtin: elect('gtin'),
    // Templates that know no maker's number repeat the shop's own.
    mpn: mpn !== null && sku !== null && comparable('mpn', mpn) === comparable('sku', sku) ? null : mpn,
    brand: elect('brand'),
    image: elect('image'),
    rating: elect('rating'),
    variants: elect('variants') ?? [],
    evidence,
  };
}

/** The candidates of one field, likeliest first. */
export function candidatesOf<F extends Field>(field: F, votes: readonly CastVote[]): Candidate<F>[] {
  const candidates: Candidate<F>[] = [];
  for (const cast of votes) {
    if (!isFor(field, cast.vote)) continue;
    const { value } = cast.vote;
    const same = candidates.find((candidate) => sameValue(field, candidate.value, value));
    if (same) {
      same.votes.push(cast);
      same.value = moreComplete(same.value, value);
    } else {
      candidates.push({ value, confidence: 0, votes: [cast] });
    }
  }
  for (const candidate of candidates) {
    candidate.votes.sort((a, b) => b.vote.confidence - a.vote.confidence);
    candidate.confidence = combined(candidate.votes);
    if (field === 'price') candidate.confidence *= 1 - listPriceConfidence(candidate.value, votes);
  }
  return candidates.sort((a, b) => b.confidence - a.confidence);
}

/**
 * How sure it is that a price is the list price: struck through, reduced or called old beside a lower one. Structured data
 * often keeps the regular price while the page shows a sale.
 */
function listPriceConfidence(price: FieldValues[Field], votes: readonly CastVote[]): number {
  let confidence = 0;
  for (const { vote } of votes) {
    if (vote.field === 'listPrice' && isQuote(vote.value) && isQuote(price) && samePrice(vote.value, price)) {
      confidence = Math.max(confidence, vote.confidence);
    }
  }
  return confidence;
}

function isFor<F extends Field>(field: F, vote: Vote): vote is Vote<F> & Vote {
  return vote.field === field;
}

function combined(votes: readonly CastVote[]): number {
  const bySource = new Map<string, number>();
  for (const { source, vote } of votes) {
    bySource.set(source, Math.max(bySource.get(source) ?? 0, vote.confidence));
  }
  let doubt = 1;
  for (const confidence of bySource.values()) doubt *= 1 - confidence;
  return Math.min(MAX_CONFIDENCE, 1 - doubt);
}

function sameValue<F extends Field>(field: F, a: FieldValues[F], b: FieldValues[F]): boolean {
  if (isQuote(a) && isQuote(b)) return samePrice(a, b);
  if (typeof a === 'string' && typeof b === 'string') return comparable(field, a) === comparable(field, b);
  return field === 'rating' && JSON.stringify(a) === JSON.stringify(b);
}

function comparable(field: Field, text: string): string {
  if (field === 'image') return text.replace(/[?#].*$/, '');
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
}

/** Of two equal prices the one that names its currency. */
function moreComplete<V extends FieldValues[Field]>(known: V, other: V): V {
  return isQuote(known) && isQuote(other) && known.currency === null && other.currency !== null ? other : known;
}

function isQuote(value: FieldValues[Field]): value is QuotedPrice {
  return typeof value === 'object' && 'amount' in value;
}

function isDiscounted(price: QuotedPrice | null, listPrice: QuotedPrice | null): boolean {
  if (!price || !listPrice) return false;
  const sameCurrency = price.currency === listPrice.currency || price.currency === null || listPrice.currency === null;
  return sameCurrency && Number(listPrice.amount) > Number(price.amount);
}

function evidenceOf(candidate: { votes: CastVote[] }): Evidence[] {
  return candidate.votes.map(({ source, vote }) => ({
    source,
    raw: vote.raw.slice(0, MAX_RAW_LENGTH),
    confidence: Math.round(vote.confidence * 100) / 100,
  }));
}
