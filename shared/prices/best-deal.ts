import { addMoney, compareMoney, type Money } from './money/money.ts';
import type { Availability, Condition } from './offer.ts';

/** What decides whether an offer may be the best deal. */
interface Purchasable {
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
  /** What the buyer pays: price plus shipping; null where shipping is unknown. */
  readonly total: Money | null;
}

/** How surely an offer can be had now; `uncertain` where the shop does not say. */
export type Standing = 'inStock' | 'uncertain' | 'later' | 'gone';

/** The reason for a choice, in values: what its sentence is made of. */
export interface BestDealReason {
  standing: Exclude<Standing, 'gone'>;
  /** Number of offers that competed, the chosen one included. */
  nOffers: number;
  price: Money;
  /** null where the shop does not say. */
  shipping: Money | null;
  /** The lowest known total of the others, where the chosen offer's shipping is unknown. */
  lowestKnown: { shopName: string; total: Money } | null;
  /** The most that the shop asks for shipping in this answer, where the chosen offer's is unknown; null: it states none. */
  shippingAtMost: Money | null;
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

/**
 * Known totals ascending, then unknown ones by price. Equal ones by how surely the offer can be had, then by shop.
 */
export function rankOffers<O extends RankedOffer>(offers: readonly O[]): O[] {
  return [...offers].sort(
    (a, b) =>
      Number(a.total === null) - Number(b.total === null) ||
      compareMoney(a.total ?? a.price, b.total ?? b.price) ||
      STANDINGS.indexOf(standingOf(a.availability)) - STANDINGS.indexOf(standingOf(b.availability)) ||
      (a.shopId < b.shopId ? -1 : 1),
  );
}

/**
 * The offer to take and why; null where no offer is for sale at a certain price.
 *
 * Offers in stock compete, together with those whose shop does not say. Where a shop calls another of its offers sold out,
 * its silence counts for less: such offers compete only where there are none of the former, and offers that come later only
 * where there are neither. Used goods compete only where none are new. Of the offers that compete the lowest known total is
 * the best. One whose total is unknown is best only where no total is known, or where it stays below them all with the
 * largest shipping that its shop states in this answer.
 */
export function bestDeal<O extends RankedOffer>(offers: readonly O[]): { offer: O; reason: BestDealReason } | null {
  const { competing, onlyUsed } = competitors(offers);
  const ranked = rankOffers(competing);
  const [lowestKnown = null] = ranked.filter(hasTotal);
  const unknown = ranked.filter(({ total }) => total === null);
  const offer = lowestKnown === null ? unknown[0] : (lowestAtMost(unknown, lowestKnown.total, offers) ?? lowestKnown);
  const standing = offer && standingOf(offer.availability);
  if (offer === undefined || standing === undefined || standing === 'gone') return null;
  const { price, shipping } = offer;
  const isKnown = offer.total !== null;
  return {
    offer,
    reason: {
      standing,
      nOffers: ranked.length,
      price,
      shipping,
      lowestKnown:
        isKnown || lowestKnown === null ? null : { shopName: lowestKnown.shopName, total: lowestKnown.total },
      shippingAtMost: isKnown ? null : largestShipping(offer.shopId, offers),
      onlyUsed,
    },
  };
}

/** The offers among which the best is chosen, by the rule of `bestDeal`. */
function competitors<O extends RankedOffer>(offers: readonly O[]): { competing: O[]; onlyUsed: boolean } {
  const forSale = offers.filter(({ availability, unconfirmed }) => standingOf(availability) !== 'gone' && !unconfirmed);
  const asNew = forSale.filter(({ condition }) => condition === null || condition === 'NewCondition');
  const deals = asNew.length > 0 ? asNew : forSale;
  const onlyUsed = asNew.length === 0 && forSale.length > 0;
  const saySoldOut = new Set(
    offers.filter(({ availability }) => standingOf(availability) === 'gone').map(({ shopId }) => shopId),
  );
  // Silence means less from a shop that marks other offers as sold out than from one that never says anything.
  const tierOf = ({ availability, shopId }: O): number => {
    const standing = standingOf(availability);
    if (standing === 'uncertain') return saySoldOut.has(shopId) ? 1 : 0;
    return standing === 'inStock' ? 0 : 2;
  };
  const first = Math.min(...deals.map(tierOf));
  return { competing: deals.filter((offer) => tierOf(offer) === first), onlyUsed };
}

function hasTotal<O extends RankedOffer>(offer: O): offer is O & { total: Money } {
  return offer.total !== null;
}

/** The offer of unknown total that stays below the lowest known one with the largest shipping that its shop states. */
function lowestAtMost<O extends RankedOffer>(unknown: readonly O[], below: Money, offers: readonly O[]): O | undefined {
  const bounded = unknown.flatMap((offer) => {
    const shipping = largestShipping(offer.shopId, offers);
    if (shipping === null) return [];
    const atMost = addMoney(offer.price, shipping);
    return compareMoney(atMost, below) < 0 ? [{ offer, atMost }] : [];
  });
  return bounded.sort((a, b) => compareMoney(a.atMost, b.atMost))[0]?.offer;
}

/** null where the shop states none in this answer. */
function largestShipping(shopId: string, offers: readonly RankedOffer[]): Money | null {
  const stated = offers.flatMap((offer) =>
    offer.shopId === shopId && offer.shipping !== null ? [offer.shipping] : [],
  );
  return stated.reduce<Money | null>(
    (most, next) => (most === null || compareMoney(next, most) > 0 ? next : most),
    null,
  );
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
      return nOffers === 1 ? `${among} in stock` : `${among} that can be had now`;
    case 'uncertain':
      return `${among}, though the shop does not say that it is in stock`;
    case 'later':
      return `${among} that can be ordered, though not in stock now`;
    default:
      return standing satisfies never;
  }
}

function aboutShipping(
  { price, shipping, lowestKnown, shippingAtMost }: BestDealReason,
  format: (money: Money) => string,
): string {
  if (shipping?.minor === 0) return '; shipping is free';
  if (shipping !== null) return `: ${format(price)} plus ${format(shipping)} shipping`;
  if (lowestKnown === null || shippingAtMost === null) return '; the shop does not say what shipping costs';
  return `; the shop does not say what shipping costs, but with ${format(shippingAtMost)}, the most that it asks elsewhere, it stays below ${format(lowestKnown.total)} at ${lowestKnown.shopName}`;
}
