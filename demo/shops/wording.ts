import type { DemoProduct } from '../catalogue/product.ts';

/** The parts of which shops make their titles. */
export interface TitleParts {
  /** Brand and model, a book's title, or the brand of an accessory. */
  lead: string;
  /** What it is. */
  noun: string;
  /** `for Auvia Nimbus 700`, `by Mira Halvorsen`, or empty. */
  tail: string;
  /** Storage, colour, size …, in the order of the catalogue. */
  versions: readonly string[];
  /** The first feature, or empty. */
  feature: string;
}

export function titleParts(product: DemoProduct): TitleParts {
  const versions = product.version.map(({ value }) => value);
  const base = { noun: product.kind, versions, feature: product.features[0] ?? '' };
  if (product.fitsModel !== null) return { ...base, lead: product.brand, tail: product.model };
  if (product.category === 'Books') return { ...base, lead: product.model, tail: `by ${product.brand}` };
  return { ...base, lead: `${product.brand} ${product.model}`, tail: '' };
}

/** Joins what is not empty. */
export const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** Lower-case ASCII letters, digits and hyphens. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|['"’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
