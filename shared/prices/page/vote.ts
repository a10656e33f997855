import type { Availability, Condition, ExtractedOffer, ProductVariant, QuotedPrice } from '../offer.ts';

/** What can be voted on, and the form of its values. */
export interface FieldValues {
  title: string;
  price: QuotedPrice;
  listPrice: QuotedPrice;
  availability: Availability;
  condition: Condition;
  shipping: QuotedPrice;
  shippingTo: NonNullable<ExtractedOffer['shippingTo']>;
  sku: string;
  gtin: string;
  mpn: string;
  brand: string;
  image: string;
  rating: NonNullable<ExtractedOffer['rating']>;
  variants: ProductVariant[];
}
export type Field = keyof FieldValues;

/** What a source says of a value, by name and strength; what each is worth stands in `model/weights.ts`. */
export type Signals = Readonly<Record<string, number>>;

/** One extractor's opinion on one field. */
export interface Vote<F extends Field = Field> {
  field: F;
  value: FieldValues[F];
  /** The text as it stood on the page. */
  raw: string;
  /** How clearly the source says so, 0…1, or what else it says of the value. */
  signals: number | Signals;
}

/** Collects the votes of one extractor; values that are missing are not votes. */
export class Ballot {
  readonly votes: Vote[] = [];

  add<F extends Field>(field: F, value: FieldValues[F] | null, raw: string, signals: number | Signals): void {
    if (value === null) return;
    this.votes.push({ field, value, raw, signals });
  }
}

/** A vote and the extractor that cast it. */
export interface CastVote {
  source: string;
  vote: Vote;
}
