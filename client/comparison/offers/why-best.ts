import type { BestDeal } from '../../../shared/api/comparison.ts';
import { type BestDealReason, sentenceFor } from '../../../shared/prices/best-deal.ts';
import { fromWireMoney, toWireMoney } from '../../../shared/prices/money/money.ts';
import { formatMoney } from '../../ui/format-money.ts';

type Why = NonNullable<BestDeal['why']>;

/**
 * The reason for the best deal in one sentence, with amounts as the shopper's language writes them. The server's own
 * sentence where it gives no values (a comparison that this device has kept for long, or a choice made here).
 *
 * @param locale the browser's own where it is not given
 */
export function whyBest({ why, reason }: Pick<BestDeal, 'why' | 'reason'>, locale?: string): string {
  if (why === undefined) return reason;
  return sentenceFor(reasonOf(why), (money) => formatMoney(toWireMoney(money), locale));
}

const STANDINGS = { in_stock: 'inStock', uncertain: 'uncertain', later: 'later' } as const;

function reasonOf({
  standing,
  n_offers,
  price,
  shipping,
  lowest_known,
  shipping_at_most,
  only_used,
}: Why): BestDealReason {
  return {
    standing: STANDINGS[standing],
    nOffers: n_offers,
    price: fromWireMoney(price),
    shipping: shipping && fromWireMoney(shipping),
    lowestKnown: lowest_known && { shopName: lowest_known.shop_name, total: fromWireMoney(lowest_known.total) },
    shippingAtMost: shipping_at_most ? fromWireMoney(shipping_at_most) : null,
    onlyUsed: only_used,
  };
}
