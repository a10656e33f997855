import type { DemoProduct } from '../../catalogue/product.ts';

/** How German shops must quote goods by weight or volume (PAngV § 4): per kilogram or litre. */
export interface BasePrice {
  minor: number;
  unit: 'kg' | 'l';
}

const AMOUNT = /^(?:(\d+) x )?([\d.]+) (kg|g|l|ml)$/;
const SOLD_BY_AMOUNT = new Set(['Groceries', 'Garden', 'Coffee machines']);

/** null for goods that are not sold by weight or volume. */
export function basePrice(product: DemoProduct, priceMinor: number): BasePrice | null {
  if (!SOLD_BY_AMOUNT.has(product.category)) return null;
  for (const { value } of product.version) {
    const match = AMOUNT.exec(value);
    if (!match) continue;
    const [, count = '1', size = '', unit = ''] = match;
    const amount = Number(count) * Number(size) * (unit === 'g' || unit === 'ml' ? 0.001 : 1);
    return { minor: Math.round(priceMinor / amount), unit: unit.endsWith('g') ? 'kg' : 'l' };
  }
  return null;
}
