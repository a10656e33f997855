import type { WireMoney } from '../../shared/prices/money/money.ts';

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string, extraDigits: boolean, locale: string | undefined): Intl.NumberFormat {
  const key = `${locale ?? ''} ${currency} ${extraDigits}`;
  let format = formats.get(key);
  if (format === undefined) {
    // Unit prices carry more digits than the currency's minor unit.
    const digits = extraDigits ? { maximumFractionDigits: 4 } : {};
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
    formats.set(key, format);
  }
  return format;
}

function isDecimal(amount: string): amount is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(amount);
}

/**
 * Money as the shopper's language writes it. The decimal string goes into `Intl.NumberFormat` as it is, which formats
 * it exactly (ECMA-402, `ToIntlMathematicalValue`).
 *
 * @param locale the browser's own where it is not given
 */
export function formatMoney(money: WireMoney, locale?: string): string {
  if (!isDecimal(money.amount)) return `${money.amount} ${money.currency}`;
  return formatFor(money.currency, false, locale).format(money.amount);
}

/** e.g. `€3.98 / kg` */
export function formatUnitPrice(unitPrice: WireMoney & { per: string }, locale?: string): string {
  if (!isDecimal(unitPrice.amount)) return `${unitPrice.amount} ${unitPrice.currency} / ${unitPrice.per}`;
  return `${formatFor(unitPrice.currency, true, locale).format(unitPrice.amount)} / ${unitPrice.per}`;
}
