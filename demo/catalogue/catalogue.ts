import { categories } from './categories/all.ts';
import { generateProducts } from './generate.ts';
import type { DemoProduct } from './product.ts';

let products: readonly DemoProduct[] | null = null;
let productsById: ReadonlyMap<string, DemoProduct> | null = null;

/** The demo catalogue: about 2,000 products in 20 categories, the same at every call. Made at the first (some 30 ms). */
export function demoProducts(): readonly DemoProduct[] {
  products ??= generateProducts(categories);
  return products;
}

export function demoProduct(id: string): DemoProduct | null {
  productsById ??= new Map(demoProducts().map((product) => [product.id, product]));
  return productsById.get(id) ?? null;
}
