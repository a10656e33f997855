import type { Evidence, ExtractedOffer, QuotedPrice } from '../../offer.ts';
import type { CastVote, Field, FieldValues } from '../vote.ts';
import { comparable } from './describe.ts';
import { type Ranked, rank } from './rank.ts';

const MAX_RAW_LENGTH = 200;
/** Votes shown per field; the rest says nothing new. */
const MAX_EVIDENCE = 12;
/** A field whose likeliest value is less probable than this is left as "cannot tell". */
const MIN_PROBABILITY: Partial<Record<Field, number>> = { price: 0.35, availability: 0.35, sku: 0.4 };
const DEFAULT_MIN_PROBABILITY = 0.15;

/** The offer that the votes add up to: per field the likeliest value, with its probability. */
export function decide(votes: readonly CastVote[]): ExtractedOffer {
  const evidence: ExtractedOffer['evidence'] = {};
  const probability: ExtractedOffer['probability'] = {};
  const elect = <F extends Field>(field: F): FieldValues[F] | null => {
    const ranked = rank(field, votes);
    const best = ranked[0];
    if (!best) return null;
    evidence[field] = ranked.flatMap(evidenceOf).slice(0, MAX_EVIDENCE);
    if (best.probability < (MIN_PROBABILITY[field] ?? DEFAULT_MIN_PROBABILITY)) return null;
    probability[field] = rounded(best.probability);
    return best.value;
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
    probability,
    evidence,
  };
}

function isDiscounted(price: QuotedPrice | null, listPrice: QuotedPrice | null): boolean {
  if (!price || !listPrice) return false;
  const sameCurrency = price.currency === listPrice.currency || price.currency === null || listPrice.currency === null;
  return sameCurrency && Number(listPrice.amount) > Number(price.amount);
}

function evidenceOf({ votes, probability }: Ranked<Field>): Evidence[] {
  return votes.map(({ source, vote }) => ({
    source,
    raw: vote.raw.slice(0, MAX_RAW_LENGTH),
    confidence: rounded(probability),
  }));
}

function rounded(probability: number): number {
  return Math.round(probability * 100) / 100;
}
