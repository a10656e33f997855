import type { GlyphName } from '../images/glyphs.ts';

/** One thing that can be bought: a model in one of its versions. Shops word it differently; see `../shops/`. */
export interface DemoProduct {
  /** Readable and stable, e.g. `auvia-nimbus-700-black`. */
  id: string;
  title: string;
  brand: string;
  category: string;
  /** What it is, e.g. `Wireless Over-Ear Headphones`. */
  kind: string;
  /** The model's name without its brand, e.g. `Nimbus 700`. */
  model: string;
  /** Common to all versions of one model. */
  modelKey: string;
  /** What this version is, e.g. Storage: 256 GB, Colour: Black. */
  version: readonly { name: string; value: string }[];
  features: readonly string[];
  specs: readonly { name: string; value: string }[];
  /** Two to four sentences. */
  description: string;
  gtin13: string;
  mpn: string;
  /** What the maker recommends, in euro cents. */
  listPriceCents: number;
  /** Where in the price range of its kind the model stands: 0 cheapest … 1 dearest. */
  tier: number;
  /** For an accessory made for one model: that model's `modelKey`. */
  fitsModel: string | null;
  glyph: GlyphName;
}
