import { modelAppeal } from '../catalogue/appeal.ts';
import type { DemoProduct } from '../catalogue/product.ts';
import { createRandom, normal, unit } from '../random.ts';

/** Dimensions of the hidden taste. Few, so that a factorization of modest rank can find them. */
export const TASTE_DIMENSIONS = 6;

/** What shoppers find in one category. */
interface Shelf {
  products: DemoProduct[];
  /** Running sums of the products' appeal, for drawing by it. */
  cumulativeAppeal: Float64Array;
}

/** The catalogue as shoppers see it: how visible, how good and of which character each product is. */
export interface Market {
  shelves: ReadonlyMap<string, Shelf>;
  /** Accessories by the model that they fit. */
  accessories: ReadonlyMap<string, DemoProduct[]>;
  /** [TASTE_DIMENSIONS] per brand and per kind. */
  character(of: string): Float64Array;
  /** What every buyer finds alike, about −1…1. */
  quality(product: DemoProduct): number;
}

export function openMarket(products: readonly DemoProduct[]): Market {
  const shelves = new Map<string, Shelf>();
  const accessories = new Map<string, DemoProduct[]>();
  for (const product of products) {
    const shelf = shelves.get(product.category);
    if (shelf) shelf.products.push(product);
    else shelves.set(product.category, { products: [product], cumulativeAppeal: new Float64Array() });
    if (product.fitsModel) accessories.set(product.fitsModel, [...(accessories.get(product.fitsModel) ?? []), product]);
  }
  for (const shelf of shelves.values()) {
    let sum = 0;
    shelf.cumulativeAppeal = Float64Array.from(shelf.products, (product) => (sum += appeal(product)));
  }
  const characters = new Map<string, Float64Array>();
  return {
    shelves,
    accessories,
    character(of) {
      let vector = characters.get(of);
      if (!vector) {
        const random = createRandom(`character/${of}`);
        vector = Float64Array.from({ length: TASTE_DIMENSIONS }, () => normal(random));
        characters.set(of, vector);
      }
      return vector;
    },
    quality: (product) => 2 * unit(`quality/${product.modelKey}`) - 1,
  };
}

/** How often a product comes into view: long-tailed over models, less so over the versions of one; accessories are found through their model. */
function appeal(product: DemoProduct): number {
  const version = unit(`appeal/${product.id}`);
  return Math.exp(2.2 * modelAppeal(product.modelKey) + 0.8 * version) * (product.fitsModel ? 0.2 : 1);
}

/** A product of a shelf, by appeal. `at` in [0, 1). */
export function drawFrom(shelf: Shelf, at: number): DemoProduct {
  const sums = shelf.cumulativeAppeal;
  const target = at * (sums[sums.length - 1] ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return shelf.products[low]!;
}
