import { compareMoney, type Money } from './money/money.ts';
import type { Availability, Condition } from './offer.ts';

/** What decides whether an offer may be the best deal. */
export interface Purchasable {
  readonly availability: Availability | null;
  readonly condition: Condition | null;
  /** The price has jumped beyond reason and waits for a second look. */
  readonly unconfirmed: boolean;
}

/** What the ranking looks at; all amounts are in one currency. */
export interface RankedOffer extends Purchasable {
  readonly shopId: string;
  readonly shopName: string;
  readonly price: Money;
  /** null where the shop does not say. */
  readonly shipping: Money | null;
  /** What the buyer pays as far as it is known: the price alone where shipping is unknown. */
  readonly total: Money;
}

/** How surely an offer can be had now; `uncertain` where the shop does not say. */
export type Standing = 'inStock' | 'uncertain' | 'later' | 'gone';

/** The reason for a choice, in values: what its sentence is made of. */
export interface BestDealReason {
  standing: Exclude<Standing, 'gone'>;
  /** Number of offers of this standing, the chosen one included. */
  nOffers: number;
  price: Money;
  /** null where the shop does not say. */
  shipping: Money | null;
  /** The lowest total with shipping, where the chosen offer's shipping is unknown. */
  lowestKnown: { shopName: string; total: Money } | null;
  /** The choice is used goods, since no offer is new. */
  onlyUsed: boolean;
}

const IN_STOCK: ReadonlySet<Availability> = new Set(['InStock', 'LimitedAvailability', 'OnlineOnly']);
const NOT_FOR_SALE: ReadonlySet<Availability> = new Set(['OutOfStock', 'SoldOut', 'Discontinued', 'Reserved']);

const STANDINGS: readonly Standing[] = ['inStock', 'uncertain', 'later', 'gone'];

export function standingOf(availability: Availability | null): Standing {
  if (availability === null) return 'uncertain';
  if (IN_STOCK.has(availability)) return 'inStock';
  return NOT_FOR_SALE.has(availability) ? 'gone' : 'later';
}

/** By total ascending; equal totals by how surely the offer can be had, then those that tell shipping, then by shop. */
export function rankOffers<O extends RankedOffer>(offers: readonly O[]): O[] {
  return [...offers].sort(
    (a, b) =>
      compareMoney(a.total, b.total) ||
      STANDINGS.indexOf(standingOf(a.availability)) - STANDINGS.indexOf(standingOf(b.availability)) ||
      Number(a.shipping === null) - Number(b.shipping === null) ||
      (a.shopId < b.shopId ? -1 : 1),
  );
}

/**
 * The offers among which a best deal is chosen, in the given order: those that are for sale at a confirmed price, new
 * goods where there are any, else the used ones.
 */
export function dealsAmong<O extends Purchasable>(offers: readonly O[]): { deals: O[]; onlyUsed: boolean } {
  const forSale = offers.filter(({ availability, unconfirmed }) => standingOf(availability) !== 'gone' && !unconfirmed);
  const asNew = forSale.filter(({ condition }) => condition === null || condition === 'NewCondition');
  return asNew.length > 0 ? { deals: asNew, onlyUsed: false } : { deals: forSale, onlyUsed: forSale.length > 0 };
}

/**
 * The offer to take and why: of the deals the lowest total in stock, else of those whose stock is unknown, else of those
 * that come later; null where no offer is a deal.
 * @param ranked by total ascending
 */
export function bestDeal<O extends RankedOffer>(ranked: readonly O[]): { offer: O; reason: BestDealReason } | null {
  const { deals, onlyUsed } = dealsAmong(ranked);
  for (const standing of ['inStock', 'uncertain', 'later'] as const) {
    const equals = deals.filter(({ availability }) => standingOf(availability) === standing);
    const [offer] = equals;
    if (!offer) continue;
    const { price, shipping } = offer;
    const lowestKnown = shipping === null ? (equals.find((other) => other.shipping !== null) ?? null) : null;
    return {
      offer,
      reason: { standing, nOffers: equals.length, price, shipping, lowestKnown: known(lowestKnown), onlyUsed },
    };
  }
  return null;
}

function known(offer: RankedOffer | null): BestDealReason['lowestKnown'] {
  return offer && { shopName: offer.shopName, total: offer.total };
}

/**
 * The reason as one sentence.
 * @param format writes an amount, as the reader's language does
 */
export function sentenceFor(reason: BestDealReason, format: (money: Money) => string): string {
  const used = reason.onlyUsed ? '; used goods, as nobody offers it new' : '';
  return `${amongWhich(reason)}${aboutShipping(reason, format)}${used}.`;
}

function amongWhich({ standing, nOffers, shipping }: BestDealReason): string {
  const measure = shipping === null ? 'Lowest price' : 'Lowest total';
  const among = nOffers === 1 ? 'The only offer' : `${measure} of ${nOffers} offers`;
  switch (standing) {
    case 'inStock':
      return `${among} in stock`;
    case 'uncertain':
      return `${among}, though no shop says that it is in stock`;
    case 'later':
      return `${among} that can be ordered, though not in stock now`;
    default:
      return standing satisfies never;
  }
}

function aboutShipping({ price, shipping, lowestKnown }: BestDealReason, format: (money: Money) => string): string {
  if (shipping?.minor === 0) return '; shipping is free';
  if (shipping !== null) return `: ${format(price)} plus ${format(shipping)} shipping`;
  if (lowestKnown === null) return '; the shop does not say what shipping costs';
  return `; the shop does not say what shipping costs, with it ${format(lowestKnown.total)} at ${lowestKnown.shopName} is the lowest known`;
}
