import type { DemoProduct } from '../catalogue/product.ts';

/** How a shop does business. Its pages are made elsewhere, by each shop in its own way. */
export interface ShopProfile {
  id: string;
  name: string;
  /** ISO 4217. All demo currencies have two decimals. */
  currency: string;
  /** Units of its currency that the shop reckons for a euro. */
  perEuro: number;
  /** Its prices against the recommended ones, before the differences of single products. */
  priceLevel: number;
  /** Makes a price look as this shop writes prices; in minor units. */
  roundPrice(minor: number): number;
  /** Share of the catalogue that it sells, and of the categories where it is strong. */
  assortment: { share: number; strongShare: number; strong: readonly string[] };
  /** Share of its products that it shows a GTIN of. */
  gtinShare: number;
  /** null: the shop does not say before the checkout. */
  shipping: { amountMinor: number; freeFromMinor: number | null } | null;
  /** What its search does when no product has all the words. */
  withoutFullMatch: 'nothing' | 'any-word';
  title(product: DemoProduct): string;
  /** Path and query of a product's page. */
  path(item: ShopItem): string;
}

/** A product as one shop lists it. */
export interface ShopItem {
  product: DemoProduct;
  /** The shop's own number. */
  number: number;
  title: string;
  /** null where this shop does not show it. */
  gtin: string | null;
}

/** Rounds to the nearest amount that lies `below` minor units under a multiple of `step`, e.g. x.99: step 100, below 1. */
export const endingBelow =
  (step: number, below: number) =>
  (minor: number): number =>
    Math.max(Math.round(minor / step), 1) * step - below;
