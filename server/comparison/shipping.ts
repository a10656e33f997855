import { type Money, moneyFromDecimal } from '../../shared/prices/money.ts';
import type { ShopDeclaration } from '../shops/declaration.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';

/**
 * What it costs to have one such thing sent: what the page tells, else the rule that the shop's operator declared for
 * goods in that currency. Null where neither says: shipping is never taken to be free.
 */
export function shippingOf(
  { shipping, price }: CandidateOffer,
  { shipping: rule, currency }: Pick<ShopDeclaration, 'shipping' | 'currency'>,
): Money | null {
  if (shipping !== null) return shipping;
  if (rule === undefined || currency !== price.currency) return null;
  const freeFrom = rule.free_from === undefined ? null : moneyFromDecimal(rule.free_from, currency);
  if (freeFrom !== null && price.minor >= freeFrom.minor) return { minor: 0, currency };
  return moneyFromDecimal(rule.amount, currency);
}
