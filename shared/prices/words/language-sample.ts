/** What a shop writes in one language, from which pages to test its words on are made. */
export interface LanguageSample {
  /** As in the page's `lang`. */
  lang: string;
  /** As shops of that language write it, with what it is: `1.299,00 €` is `1299.00 EUR`. */
  price: string;
  amount: string;
  /** On the button that buys. */
  buy: string;
  inStock: string;
  outOfStock: string;
  /** Labels of numbers and of the brand, without a colon. */
  sku: string;
  mpn: string;
  gtin: string;
  brand: string;
  /** A former price with the word for it, and what it is. */
  oldPrice?: { text: string; amount: string };
  /** The words for the price with tax and before tax, behind the amount. */
  tax?: { gross: string; net: string };
  /** What sending costs, and how much that is. */
  shipping?: { text: string; amount: string };
  freeShipping?: string;
  /** A used thing, as the value of the label for the condition. */
  used?: { label: string; value: string };
  preOrder?: string;
  /** What a search says that finds nothing, and what a page says that is gone. */
  nothingFound?: string;
  gone?: string;
  /** A heading over other products. */
  others?: string;
  /** Texts that hold a price: what is asked, in the form `12.50 EUR`, with `/kg` for what it is for. */
  priceTexts?: readonly (readonly [text: string, price: string])[];
  /** Queries, each with a title that answers it and one that does not. */
  search?: readonly (readonly [query: string, answer: string, other: string])[];
}
