import { type Money, moneyFromDecimal } from '../../shared/prices/money/money.ts';
import type { ShopDeclaration } from '../shops/declaration.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';

/** What of a declaration decides what sending costs. */
export type ShippingDeclaration = Pick<ShopDeclaration, 'shipping' | 'currency'> &
  Partial<Pick<ShopDeclaration, 'locale'>>;

/**
 * What it costs to have one such thing sent: what the page says, else the rule that the shop's operator declared for
 * goods in that currency. Null where neither says: shipping is never taken to be free.
 * @param shipTo ISO 3166-1 alpha-2 code of the country, null where none was asked for: then what the shop itself shows.
 */
export function shippingOf(
  candidate: Pick<CandidateOffer, 'shipping' | 'shippingTo' | 'price'>,
  declaration: ShippingDeclaration,
  shipTo: string | null,
): Money | null {
  const { shipping, shippingTo, price } = candidate;
  const home = homeOf(declaration);
  if (shipTo !== null && shippingTo?.[shipTo] !== undefined) return shippingTo[shipTo];
  // A cost that a page names without a country is what it costs within the shop's own country.
  if (shipping !== null && (shipTo === null || (shipTo === home && shippingTo === undefined))) return shipping;
  return byRule(price, declaration, shipTo ?? home);
}

function byRule(price: Money, { shipping, currency }: ShippingDeclaration, country: string | null): Money | null {
  const rules = shipping === undefined ? [] : [shipping].flat();
  const rule =
    rules.find(({ to }) => country !== null && to?.includes(country)) ?? rules.find(({ to }) => to === undefined);
  if (rule === undefined || currency !== price.currency) return null;
  const freeFrom = rule.free_from === undefined ? null : moneyFromDecimal(rule.free_from, currency);
  if (freeFrom !== null && price.minor >= freeFrom.minor) return { minor: 0, currency };
  return moneyFromDecimal(rule.amount, currency);
}

/** The country of the shop, as its locale names it. */
function homeOf({ locale }: ShippingDeclaration): string | null {
  return locale === undefined ? null : (new Intl.Locale(locale).region ?? null);
}
