import { load } from 'cheerio/slim';
import { z } from 'zod';

/** Compiling a selector against nothing tells whether it is one. */
const probe = load('');

const cssSelector = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (selector) => {
      try {
        probe(selector);
        return true;
      } catch {
        return false;
      }
    },
    { error: 'expected a CSS selector, such as ".price .amount"' },
  );

const regularExpression = z
  .string()
  .max(500)
  .refine(
    (pattern) => {
      try {
        return new RegExp(pattern, 'u') instanceof RegExp;
      } catch {
        return false;
      }
    },
    { error: 'expected a regular expression, such as "SKU:\\\\s*(\\\\S+)"' },
  );

/**
 * Where one value stands: a CSS selector alone, or with the attribute to read instead of the text, and a regular
 * expression whose first group (or whole match) is the value.
 */
export const fieldSelectorSchema = z.union([
  cssSelector,
  z.strictObject({
    selector: cssSelector,
    attribute: z.string().min(1).max(100).optional(),
    pattern: regularExpression.optional(),
  }),
]);
export type FieldSelector = z.infer<typeof fieldSelectorSchema>;

const productSelectorsSchema = z
  .strictObject({
    title: fieldSelectorSchema,
    price: fieldSelectorSchema,
    list_price: fieldSelectorSchema,
    availability: fieldSelectorSchema,
    condition: fieldSelectorSchema,
    shipping: fieldSelectorSchema,
    sku: fieldSelectorSchema,
    gtin: fieldSelectorSchema,
    mpn: fieldSelectorSchema,
    brand: fieldSelectorSchema,
    image: fieldSelectorSchema,
  })
  .partial();

const listSelectorsSchema = z.strictObject({
  /** The repeated card; the other selectors are looked up inside it. */
  item: cssSelector,
  /** The product's link; the card itself or its first link when left out. */
  link: fieldSelectorSchema.optional(),
  title: fieldSelectorSchema.optional(),
  price: fieldSelectorSchema.optional(),
  image: fieldSelectorSchema.optional(),
});

/** How a shop's pages are read, as an operator declares it in JSON. What is not declared is left to the extractors. */
export const selectorDeclarationSchema = z.strictObject({
  product: productSelectorsSchema.optional(),
  list: listSelectorsSchema.optional(),
});
export type SelectorDeclaration = z.infer<typeof selectorDeclarationSchema>;
