import type { GlyphName } from '../images/glyphs.ts';

/** One way in which the versions of a model differ. */
export interface Axis {
  name: string;
  /** How a sentence names the value, e.g. `with {value} of storage`. */
  phrase: string;
  values: readonly { value: string; code: string; priceFactor: number }[];
  /** How many of the values each model comes in. */
  versions: number;
}

/** A short form for titles and a sentence for descriptions. */
type Feature = readonly [short: string, sentence: string];

interface Spec {
  name: string;
  values: readonly string[];
  /** With `{value}`. */
  sentence: string;
}

/** How models of one kind are made. In texts, `{name}` is brand and model. */
export interface KindRecipe {
  kind: string;
  glyph: GlyphName;
  models: number;
  priceEur: readonly [low: number, high: number];
  /** Overrides the category's brands. */
  brands?: readonly string[];
  /** Model names are a line and a number; `numbers` rise with the price, and may be empty. */
  lines: readonly string[];
  numbers: readonly (number | string)[];
  axes: readonly Axis[];
  features: readonly Feature[];
  /** The features exclude each other: a model has one of them, not two. */
  alternatives?: true;
  specs: readonly Spec[];
  openings: readonly string[];
  closings: readonly string[];
}

/** An accessory made for each of some models. In texts, `{target}` is that model's brand and name. */
export interface AccessoryRecipe {
  kind: string;
  /** The kind that it fits. */
  fits: string;
  glyph: GlyphName;
  /** How many models of that kind get one, dearest first. */
  models: number;
  brands: readonly string[];
  priceEur: readonly [low: number, high: number];
  axes: readonly Axis[];
  openings: readonly string[];
  closings: readonly string[];
}

export interface CategoryRecipe {
  category: string;
  /** The brand is a person, named after the title: `The Salt Road by Mira Halvorsen`. */
  byline?: true;
  brands: readonly string[];
  kinds: readonly KindRecipe[];
  accessories: readonly AccessoryRecipe[];
}

const letters = (value: string) =>
  value
    .split(/[\s-]+/)
    .map((word) => word.slice(0, 2))
    .join('')
    .toUpperCase();

/** Colours: the same price for each. */
export const colours = (versions: number, ...names: string[]): Axis => ({
  name: 'Colour',
  phrase: 'in {value}',
  values: names.map((value) => ({ value, code: letters(value), priceFactor: 1 })),
  versions,
});

/** Versions with prices relative to the first, e.g. `sized('Storage', 'with {value}', 2, ['128 GB', 1], ['256 GB', 1.12])`. */
export const sized = (
  name: string,
  phrase: string,
  versions: number,
  ...values: [value: string, priceFactor: number][]
): Axis => ({
  name,
  phrase,
  values: values.map(([value, priceFactor]) => ({
    value,
    code: value.replace(/[^A-Za-z0-9]/g, '').toUpperCase(),
    priceFactor,
  })),
  versions,
});
