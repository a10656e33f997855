import type { BestDeal } from '../../../shared/api/comparison.ts';
import { formatMoney } from '../../ui/format-money.ts';
import { isZero } from '../decimal.ts';

type Why = NonNullable<BestDeal['why']>;

/**
 * Why this is the best deal, in one sentence with amounts as the shopper's language writes them. The server's own
 * sentence where it gives no values (a comparison that this device has kept for long, or a choice made here).
 *
 * @param locale the browser's own where it is not given
 */
export function whyBest({ why, reason }: Pick<BestDeal, 'why' | 'reason'>, locale?: string): string {
  if (why === undefined) return reason;
  const used = why.only_used ? '; used goods, as nobody offers it new' : '';
  return `${amongWhich(why)}${aboutShipping(why, locale)}${used}.`;
}

function amongWhich({ standing, n_offers, shipping }: Why): string {
  const measure = shipping === null ? 'Lowest price' : 'Lowest total';
  const among = n_offers === 1 ? 'The only offer' : `${measure} of ${n_offers} offers`;
  switch (standing) {
    case 'in_stock':
      return `${among} in stock`;
    case 'uncertain':
      return `${among}, though no shop says that it is in stock`;
    case 'later':
      return `${among} that can be ordered, though not in stock now`;
    default:
      return standing satisfies never;
  }
}

function aboutShipping({ price, shipping, lowest_known }: Why, locale: string | undefined): string {
  if (shipping !== null && isZero(shipping.amount)) return '; shipping is free';
  if (shipping !== null) return `: ${formatMoney(price, locale)} plus ${formatMoney(shipping, locale)} shipping`;
  if (lowest_known === null) return '; the shop does not say what shipping costs';
  const total = formatMoney(lowest_known.total, locale);
  return `; the shop does not say what shipping costs, with it ${total} at ${lowest_known.shop_name} is the lowest known`;
}
