/**
 * What a language's words mean to Magpie: which of them say that a product is in stock, which stand before an old price,
 * and so on. Each language is one file in `languages/`; every file of that folder is read.
 *
 * Here stand the words that people read, and names in the markup that shops take from their language (`names`: `preis`).
 * English names of a page's parts, which themes all over the world share (`carousel`, `footer`), stand in
 * `page/markup-names.ts`.
 *
 * To add a language, copy a small one (`languages/finnish.ts`) under the language's English name, replace its words, and
 * write test pages beside it (`languages/finnish.pages.ts` shows how). Nothing else has to be touched, whatever the script:
 * those without spaces between words are known from `shared/text/unspaced-scripts.ts`.
 * `npx vitest run --project node shared/prices` reads the new pages, and `language-pages.test.ts` says which fields were not understood.
 * Every meaning may be left out. Words that all languages share (`EAN`, `kg`) stand in `languages/international.ts`.
 *
 * How the entries are written: in lower case; upper case in a text does not matter. An entry is a regular expression (see
 * `compile.ts`) that needs little of it: `(a|b)` for a choice, `?` behind what may be missing, `\\.` for a dot. Meanings
 * marked "plain" hold words and phrases without any notation.
 *
 * How they are compared, which each meaning states:
 * - anywhere: the entry may stand in the middle of a word.
 * - word beginning: a word begins where the entry does; in scripts without spaces it may stand anywhere.
 * - whole words: no letter stands before or after it. `…` lifts that on its side: `abonn…` is also found in "abonnement",
 *   and `…税込…` anywhere.
 * - whole text: the text is the entry and nothing else.
 * - name: in the names that shops give elements (classes, ids), which are ASCII; like whole words, `…` included.
 */
export interface LanguageWords {
  /** ISO 639 code; `mul` for what all languages share. */
  language: string;

  // Stock.

  /** The product cannot be had: "sold out". Asked before all other states. Word beginning. */
  outOfStock?: Words;
  /** The product can be had: "in stock". Word beginning. */
  inStock?: Words;
  /** The product can be ordered before it appears: "pre-order". Word beginning. */
  preOrder?: Words;
  /** The product is ordered for the customer: "back-order". Word beginning. */
  backOrder?: Words;
  /** What may stand before a stock phrase of the product itself: "this item is currently". Plain, word by word. */
  stockSubjects?: Words;
  /** The answer "no": a stock phrase that is a label with it says nothing. Whole text. */
  no?: Words;
  /** Words that turn a stock phrase into a rule or a question: "if", "usually". Anywhere. */
  stockRules?: Words;
  /** Ways to get a product: "Delivery: unavailable" says nothing of the others. Begins the text, as a whole word. */
  deliveryWays?: Words;
  /** On buttons that buy: "add to cart". Also asked of names in the markup. Anywhere. */
  buy?: Words;

  // Prices on pages, in the short texts before, in and behind an amount.

  /** "Price". Whole words, and the label of a price in a page's head, as a whole text. */
  price?: Words;
  /** "Now", "only": what stands before the price asked. Whole words. */
  now?: Words;
  /** "Sale price": makes it the price asked, beside the usual one. Whole words. */
  sale?: Words;
  /** "Was", "RRP": makes it a former or recommended price. Whole words. */
  oldPrice?: Words;
  /** Makes it no price of the product: savings, instalments, shipping, vouchers, points. Anywhere. */
  sideMoney?: Words;
  /** Units behind a stroke, `/ month`, that make it the price of something else. Whole words. */
  behindStroke?: Words;
  /** What an amount is paid in: "payments", after their number. Anywhere before the end of the text. */
  payments?: Words;
  /** "Of" in "4 payments of". Ends the text. */
  paymentsOf?: Words;
  /** "Subscribe": a percentage beside it is what subscribers save. Whole words. */
  subscription?: Words;
  /** "Excl." before a name of the tax. Whole words. */
  withoutTax?: Words;
  /** "Incl." before a name of the tax. Whole words. */
  withTax?: Words;
  /** "VAT". Whole words. */
  tax?: Words;
  /** The price before tax, where other words say it. Whole words. */
  net?: Words;
  /** The price with tax, where other words say it. Whole words. */
  gross?: Words;
  /** "Under" in "Under 20 €": lists of prices to filter by, not products. Begins the text. */
  rangeStart?: Words;
  /** What sending costs: "shipping". Whole words. */
  shipping?: Words;
  /** Sending is free: "free delivery". Whole text. */
  freeShipping?: Words;
  /** "Free": an amount beside it is what an order must come to. Anywhere. */
  free?: Words;

  // Labels of values on product pages: "SKU: 4711".

  /** "Barcode". Whole label. */
  gtinLabel?: Words;
  /** "Model no.", "Manufacturer's code". Whole label. */
  mpnLabel?: Words;
  /** "Article no.", "Product code". Whole label. */
  skuLabel?: Words;
  /** "Brand", "Manufacturer". Whole label, also in a page's head. */
  brandLabel?: Words;
  /** "Availability", as a label in a page's head. Whole text. */
  availabilityLabel?: Words;
  /** "Code" before EAN: "código EAN". Part of a label. */
  codeWord?: Words;
  /** "Code" behind EAN: "EAN-Nummer". Part of a label. */
  codeWordBehind?: Words;
  /** "Condition". Whole label. */
  conditionLabel?: Words;
  /** New, as the condition's value. Begins the text, as a whole word. */
  new?: Words;
  /** Used. Whole words. */
  used?: Words;
  /** Refurbished. Asked before all other conditions. Anywhere. */
  refurbished?: Words;
  /** Damaged, or for parts. Anywhere. */
  damaged?: Words;

  // What a page says of itself.

  /** A search found nothing: "no results". Anywhere, unless one of `emptyPlaces` follows. */
  nothingFound?: Words;
  /** "Results" in "0 results". Anywhere. */
  zeroOf?: Words;
  /** "Products" in "0 products found". Anywhere. */
  products?: Words;
  /** "Found" in "0 products found". Anywhere. */
  found?: Words;
  /** What else can be empty, on a page full of products: "No products in your cart". Anywhere. */
  emptyPlaces?: Words;
  /** What was asked for is no longer there: "product not found". Anywhere. */
  gone?: Words;
  /** The page is not there, whatever else it offers. In titles and first headings. Anywhere. */
  noSuchPage?: Words;
  /** The page of a bot wall: "are you a robot". In titles and headings. Anywhere. */
  botWall?: Words;
  /** The page asks for consent before it shows anything. Anywhere. */
  consent?: Words;
  /** Headings of pages on which nothing is sold, though amounts stand there: "Shipping costs". Whole text. */
  serviceHeading?: Words;
  /** Headings over other products: "You may also like". Anywhere. */
  othersHeading?: Words;

  /** "Of" in "4.5 of 5 stars". Between the two numbers. */
  ratingOf?: Words;

  // Names in the markup.

  /** Names of classes and ids by what stands in such an element. Name. */
  names?: Partial<Record<NameMeaning, Words>>;
  /** Folders of addresses that lead to a brand: `/brands/acme`. Whole folder. */
  brandFolders?: Words;

  // The reader of price texts, `price-text/`, which looks words up one by one.

  /** What a word beside an amount says of it. Plain; up to four words. */
  amountLabels?: Partial<Record<AmountLabel, Words>>;
  /** Characters of price labels that only simplified Chinese has: `￥` beside them is the yuan. Anywhere. */
  yuanLabels?: Words;
  /** "Per" in "per month". Plain. */
  per?: Words;
  /** What a price is for: "month" in "per month", "kg" in "€/kg". Plain. */
  perUnits?: Partial<Record<PriceUnit, Words>>;
  /** What a price is for, said by a word alone: "each", "monthly". Plain. */
  perByItself?: Partial<Record<PriceUnit, Words>>;
  /** Behind a whole number: a measure, a count, a time, a rank, so that it is no price by itself. Plain. */
  units?: Words;
  /** Hundredths of the main unit: "cents". Plain. */
  subunits?: Words;
  /** Powers of ten behind a number, by exponent: "million". Plain. */
  multipliers?: Readonly<Record<number, Words>>;
  /** The same, but only written to a number with a currency, by exponent: `$5k`. Plain, in the case that is written. */
  gluedMultipliers?: Readonly<Record<number, Words>>;
  /** "To" in "from 10 to 20". Plain. */
  rangeTo?: Words;
  /** "Payments" or "times" in "12 payments of". Plain. */
  times?: Words;
  /** "Of" in "12 payments of". Plain. */
  ofEach?: Words;
  /** "For" in "2 for $5". Plain. */
  forAll?: Words;
  /** "Percent". Plain. */
  percent?: Words;
  /** The whole text says that the thing costs nothing: "free of charge". Plain. */
  costsNothing?: Words;

  // Kinds of things, in queries and titles. Compared without accents and plural -s (`relevance/words.ts`).

  /** Names of kinds of things that people search for. All names of one kind stand for each other. Plain. */
  kinds?: Partial<Record<Kind, Words>>;
  /** Names of things that are made for, or carried with, other things, by kind. Plain. */
  accessories?: Partial<Record<Accessory, Words>>;
  /** Last parts of compounds in languages that write them as one word, by what they name: "ständer" in Kopfhörerständer. Plain. */
  compoundEndings?: Partial<Record<Kind | Accessory, Words>>;
  /** "With": what follows is included. Plain. */
  comesWith?: Words;
  /** "For", "compatible": what follows is what the thing is made for. Plain. */
  madeFor?: Words;
  /** Names of accessories that also stand before another noun as an adjective: "stand mixer". Plain. */
  accessoryAdjectives?: Words;
  /** Materials: before an accessory's name they make it a feature. Plain. */
  materials?: Words;
  /** "Of", after which the thing stands that something is made for: "lampe de table". Plain. */
  of?: Words;
  /** Words that narrow no search: "buy", "the". Plain. */
  emptyQueryWords?: Words;
  /** Inches, behind their number: a measure of the thing, not its model. Plain, without accents. */
  inches?: Words;
  /** Properties that an offer may have without saying so: "black", "portable". Plain. */
  adjectives?: Words;
  /** Colours with their shades and abbreviations. Plain. */
  colours?: Partial<Record<Colour, Words>>;
  /** Properties that tell products of one name apart, in titles without accents. Whole words. */
  properties?: Partial<Record<Property, Words>>;
  /** In its retail box, or loose as for makers of devices. Plain. */
  packaging?: Partial<Record<'retail' | 'bulk', Words>>;

  // What a package holds, by its title.

  /** Units of weight and volume. Plain. */
  packageUnits?: Partial<Record<PackageUnit, Words>>;
  /** Things that hold as many of the measure each: "6 cans". Whole words. */
  containers?: Words;
  /** Things that are counted, whose measure is that of all of them: "80 tablets". Whole words. */
  pieces?: Words;
  /** "Pack" in "pack of 6". Anywhere. */
  packs?: Words;
  /** "Of" in "pack of 6". Whole words. */
  packsOf?: Words;
  /** "Twin pack". Anywhere. */
  doublePack?: Words;
  /** Machines, vessels, clothes and puzzles, whose litres and kilograms are not what is sold. Whole words. */
  machinesAndVessels?: Words;
}

/** Entries of one meaning in one language. */
export type Words = readonly string[];

export type NameMeaning =
  | 'price'
  /** The price asked now: sale, special, final. */
  | 'currentPrice'
  /** A price that no longer holds. */
  | 'oldPrice'
  /** Adjectives that make an old price of a `priceStem` behind them: `old-price`. */
  | 'oldPrefix'
  /** The same of prices that have an old one beside them as often as they are one: `sale-price`, `list-price`. */
  | 'oldOrReducedPrefix'
  /** The same behind a `priceWord`: `price-old`. */
  | 'oldSuffix'
  | 'priceStem'
  | 'priceWord'
  /** A price per kilogram, litre or piece. */
  | 'unitPrice'
  | 'shipping'
  /** Instalments, savings, points, vouchers. */
  | 'sideMoney'
  | 'stock'
  /** Of a button that buys nothing now: "sold-out", "disabled". Parts of a name between blanks and dashes. */
  | 'unbuyable'
  /** The product itself, not a list of products. */
  | 'product'
  /** Links that look like buttons. */
  | 'cart'
  /** Of a field that asks how many to buy. */
  | 'quantity'
  | 'brand';

/** What the words around an amount say about it. Of one phrase under two labels the later holds. */
export const AMOUNT_LABELS = [
  'now',
  'oldPrice',
  'saving',
  'from',
  'instalment',
  'shipping',
  'threshold',
  'freeShipping',
  'net',
  'gross',
  'reference',
  'price',
  'tax',
] as const;
export type AmountLabel = (typeof AMOUNT_LABELS)[number];

/** What a price can be for. Of one word under two units the later holds. */
export const PRICE_UNITS = [
  'month',
  'year',
  'week',
  'day',
  'night',
  'person',
  'piece',
  'kg',
  'g',
  'lb',
  'oz',
  'l',
  'ml',
  'cl',
  'gallon',
  'm',
  'm2',
  'kWh',
  'pack',
  'wash',
  'tablet',
] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];

/** Kinds of things that people search for by name. Of one name under two kinds the earlier holds, and a kind goes before an accessory. */
export const KINDS = [
  'headphones',
  'phone',
  'laptop',
  'tv',
  'fridge',
  'washingMachine',
  'dishwasher',
  'microwave',
  'oven',
  'vacuumCleaner',
  'camera',
  'monitor',
  'printer',
  'keyboard',
  'mouse',
  'speaker',
  'soundbar',
  'tablet',
  'watch',
  'coffeeMachine',
  'kettle',
  'toaster',
  'mixer',
  'drill',
  'bicycle',
  'shoe',
  'jacket',
  'shirt',
  'dress',
  'trousers',
  'sofa',
  'chair',
  'lamp',
  'mattress',
  'perfume',
  'toothbrush',
  'shaver',
  'hairDryer',
  'console',
  'router',
  'ssd',
  'hardDrive',
  'cpu',
  'graphicsCard',
  'wireless',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds of accessories. Of one name under two kinds the earlier holds. */
export const ACCESSORIES = [
  'charger',
  'case',
  'protector',
  'cable',
  'adapter',
  'stand',
  'tripod',
  'part',
  'battery',
  'remote',
  'strap',
  'bag',
  'skin',
  'cleaning',
  'ink',
  'filter',
  'brush',
  'capsule',
  'amplifier',
  'extension',
  'table',
  'cabinet',
  'cooling',
  'lens',
  'warranty',
  'card',
  'print',
] as const;
export type Accessory = (typeof ACCESSORIES)[number];

/** Silver, grey and steel are one: shops use them for each other. */
export const COLOURS = [
  'black',
  'white',
  'silver',
  'red',
  'blue',
  'green',
  'yellow',
  'pink',
  'purple',
  'orange',
  'gold',
  'brown',
  'beige',
  'clear',
  'cyan',
] as const;
export type Colour = (typeof COLOURS)[number];

/** See matching/alternatives.ts for which of them exclude each other. */
export type Property =
  | 'eauDeParfum'
  | 'eauDeToilette'
  | 'cologne'
  | 'extrait'
  | 'men'
  | 'women'
  | 'children'
  | 'day'
  | 'night'
  | 'left'
  | 'right'
  | 'glassJug'
  | 'thermalJug'
  | 'bareUnit'
  | 'withParts'
  | 'withDisc'
  | 'withoutDisc'
  | 'forHome'
  | 'forBusiness'
  | 'forOne'
  | 'forStudents'
  | 'adult'
  | 'young'
  | 'senior'
  | 'shampoo'
  | 'conditioner'
  | 'hairMask'
  | 'cream'
  | 'lotion'
  | 'serum'
  | 'cleanser'
  | 'toner'
  | 'sweetened'
  | 'unsweetened'
  | 'salted'
  | 'unsalted'
  | 'wholeMilk'
  | 'skimmed'
  | 'semiSkimmed'
  | 'original'
  | 'light'
  | 'noSugar'
  | 'dryFood'
  | 'wetFood'
  | 'tablets'
  | 'capsules'
  | 'liquid'
  | 'powder'
  | 'refurbished'
  | 'decaffeinated'
  | 'cellular'
  | 'digitalEdition'
  | 'threeColours'
  | 'bundle'
  | 'sugarFree'
  | 'glutenFree'
  | 'lactoseFree'
  | 'alcoholFree';

/** Units in which titles state what a package holds. */
export const PACKAGE_UNITS = ['g', 'kg', 'dag', 'lb', 'oz', 'ml', 'cl', 'dl', 'l', 'floz', 'gallon'] as const;
export type PackageUnit = (typeof PACKAGE_UNITS)[number];
