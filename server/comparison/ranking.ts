import type { BestDeal } from '../../shared/api/comparison.ts';
import { compareMoney, decimalAmount, type Money, toWireMoney } from '../../shared/prices/money/money.ts';
import type { Availability } from '../../shared/prices/offer.ts';
import type { PricedOffer } from './priced-offer.ts';

export const IN_STOCK: ReadonlySet<Availability> = new Set(['InStock', 'LimitedAvailability', 'OnlineOnly']);
const NOT_FOR_SALE: ReadonlySet<Availability> = new Set(['OutOfStock', 'SoldOut', 'Discontinued', 'Reserved']);

type Standing = 'in stock' | 'uncertain' | 'later' | 'gone';

/** How surely an offer can be had now. */
function standingOf({ availability }: PricedOffer['candidate']): Standing {
  if (availability === null) return 'uncertain';
  if (IN_STOCK.has(availability)) return 'in stock';
  return NOT_FOR_SALE.has(availability) ? 'gone' : 'later';
}

const STANDINGS: readonly Standing[] = ['in stock', 'uncertain', 'later', 'gone'];

/** By total ascending; equal totals by how surely the offer can be had, then by whether shipping is known. */
export function rank(offers: readonly PricedOffer[]): PricedOffer[] {
  return [...offers].sort(
    (a, b) =>
      compareMoney(a.total, b.total) ||
      STANDINGS.indexOf(standingOf(a.candidate)) - STANDINGS.indexOf(standingOf(b.candidate)) ||
      Number(a.shipping === null) - Number(b.shipping === null) ||
      (a.shop.declaration.id < b.shop.declaration.id ? -1 : 1),
  );
}

/**
 * The offer to take: the lowest total among new goods in stock, else among those whose stock is not told, else among
 * those that come later. What is sold out or unconfirmed is never the best deal; used goods are only where there is nothing else.
 * @param ranked by total ascending
 */
export function bestDeal(ranked: readonly PricedOffer[]): BestDeal | null {
  const forSale = ranked.filter((offer) => standingOf(offer.candidate) !== 'gone' && !offer.unconfirmed);
  const asNew = forSale.filter(({ candidate: { condition } }) => condition === null || condition === 'NewCondition');
  const pool = asNew.length > 0 ? asNew : forSale;
  for (const standing of STANDINGS) {
    const equals = pool.filter((offer) => standingOf(offer.candidate) === standing);
    const [best] = equals;
    if (!best) continue;
    return {
      shop: best.shop.declaration.id,
      shop_name: best.shop.declaration.name,
      url: best.candidate.url,
      title: best.candidate.title,
      total: toWireMoney(best.total),
      why: explain(best, equals, standing, asNew.length === 0),
      reason: `${whyBest(best, equals, standing)}${aboutShipping(best, equals)}${asNew.length > 0 ? '' : '; used goods, as nobody offers it new'}.`,
    };
  }
  return null;
}

const STANDING_CODES = { 'in stock': 'in_stock', uncertain: 'uncertain', later: 'later' } as const;

function explain(best: PricedOffer, equals: readonly PricedOffer[], standing: Standing, onlyUsed: boolean) {
  if (standing === 'gone') throw new RangeError('what is sold out is not the best deal');
  const known = best.shipping === null ? lowestKnown(equals) : undefined;
  return {
    standing: STANDING_CODES[standing],
    n_offers: equals.length,
    price: toWireMoney(best.price),
    shipping: best.shipping === null ? null : toWireMoney(best.shipping),
    lowest_known:
      known === undefined ? null : { shop_name: known.shop.declaration.name, total: toWireMoney(known.total) },
    only_used: onlyUsed,
  };
}

/** @param equals by total ascending */
function lowestKnown(equals: readonly PricedOffer[]): PricedOffer | undefined {
  return equals.find(({ shipping }) => shipping !== null);
}

function whyBest(best: PricedOffer, equals: readonly PricedOffer[], standing: Standing): string {
  const measure = best.shipping === null ? 'Lowest price' : 'Lowest total';
  const among = equals.length === 1 ? 'The only offer' : `${measure} of ${equals.length} offers`;
  switch (standing) {
    case 'in stock':
      return `${among} in stock`;
    case 'uncertain':
      return `${among}, though no shop says that it is in stock`;
    case 'later':
      return `${among} that can be ordered, though not in stock now`;
    case 'gone':
      throw new RangeError('what is sold out is not the best deal');
    default:
      return standing satisfies never;
  }
}

function aboutShipping(best: PricedOffer, equals: readonly PricedOffer[]): string {
  if (best.shipping?.minor === 0) return '; shipping is free';
  if (best.shipping !== null) return `: ${text(best.price)} plus ${text(best.shipping)} shipping`;
  const known = lowestKnown(equals);
  if (!known) return '; the shop does not say what shipping costs';
  return `; the shop does not say what shipping costs, with it ${text(known.total)} at ${known.shop.declaration.name} is the lowest known`;
}

function text(money: Money): string {
  return `${decimalAmount(money)} ${money.currency}`;
}
