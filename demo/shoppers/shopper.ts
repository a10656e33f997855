import type { DemoProduct } from '../catalogue/product.ts';
import { createRandom, normal, pick, type Random } from '../random.ts';
import { INTERESTS } from './interests.ts';
import { type Market, TASTE_DIMENSIONS } from './market.ts';

const COLOUR_GROUPS = [
  ['Black', 'Graphite', 'Grey', 'Midnight Blue', 'Navy'],
  ['White', 'Silver', 'Stainless Steel', 'Cream', 'Sand'],
  ['Red', 'Orange', 'Coral', 'Yellow', 'Lime'],
  ['Sage Green', 'Green', 'Oak', 'Walnut', 'Terracotta', 'Brown'],
  ['Blue', 'Glacier Blue', 'Lilac', 'Pink', 'Rose', 'Rose Gold'],
] as const;

/** Weights of the parts of a liking: chosen so that taste counts for more than what everybody likes. */
const TASTE_WEIGHT = 1.1;
const BUDGET_WEIGHT = 5;
const COLOUR_WEIGHT = 0.7;
const QUALITY_WEIGHT = 0.5;
/** A little of every category, so that nothing is bought by one kind of shopper alone. */
const CURIOSITY = 0.12;

export interface Shopper {
  id: string;
  random: Random;
  /** A category, by interest. */
  nextCategory(): string;
  /** How well a product suits, about −4…4. */
  liking(product: DemoProduct): number;
}

export function createShopper(id: string, market: Market): Shopper {
  const random = createRandom(`shopper/${id}`);
  const [main, side] = [pick(random, INTERESTS), pick(random, INTERESTS)];
  const mainShare = 0.6 + 0.35 * random();
  const categories = [...market.shelves.keys()];
  let sum = 0;
  const cumulative = categories.map(
    (category) => (sum += CURIOSITY + mainShare * (main[category] ?? 0) + (1 - mainShare) * (side[category] ?? 0)),
  );
  const taste = Float64Array.from({ length: TASTE_DIMENSIONS }, () => normal(random));
  const budget = random();
  const colours: readonly string[] = pick(random, COLOUR_GROUPS);
  const affinities = new Map<string, number>();
  const affinity = (of: string) => {
    let value = affinities.get(of);
    if (value === undefined) {
      const character = market.character(of);
      value = taste.reduce((dot, x, d) => dot + x * character[d]!, 0) / Math.sqrt(TASTE_DIMENSIONS);
      affinities.set(of, value);
    }
    return value;
  };
  return {
    id,
    random,
    nextCategory() {
      const target = random() * sum;
      return categories[cumulative.findIndex((value) => value > target)] ?? categories[0]!;
    },
    liking(product) {
      const colour = product.version.find(({ name }) => name === 'Colour')?.value;
      return (
        TASTE_WEIGHT * (affinity(`brand/${product.brand}`) + affinity(`kind/${product.kind}`)) -
        BUDGET_WEIGHT * (product.tier - budget) ** 2 +
        (colour !== undefined && colours.includes(colour) ? COLOUR_WEIGHT : 0) +
        QUALITY_WEIGHT * market.quality(product)
      );
    },
  };
}
