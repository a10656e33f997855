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

/** One extractor's opinion on one field. */
export interface Vote<F extends Field = Field> {
  field: F;
  value: FieldValues[F];
  /** The text as it stood on the page. */
  raw: string;
  /** 0…1: how often such a reading is right. */
  confidence: number;
}

/** Collects the votes of one extractor; values that are missing are not votes. */
export class Ballot {
  readonly votes: Vote[] = [];

  add<F extends Field>(field: F, value: FieldValues[F] | null, raw: string, confidence: number): void {
    if (value === null) return;
    this.votes.push({ field, value, raw, confidence });
  }
}
