import { type Element, isTag } from 'domhandler';
import { alternatives, anywhere, inNames, wordsOf } from '../../words/compile.ts';
import type { NameMeaning } from '../../words/words.ts';
import { ancestorsOf, lineText } from '../dom.ts';
import {
  CARD,
  CHOICE,
  ELSEWHERE,
  EMPHASIS,
  FRAME,
  HIDDEN,
  NAVIGATION,
  STRUCK_ELEMENTS,
  STRUCK_STYLE,
} from '../markup-names.ts';

/** What the markup around a text says of it, as bits. */
export const AROUND = {
  /** A price field by its class, id or property name. */
  price: 1 << 0,
  /** The price that is asked now: sale, special, final. */
  current: 1 << 1,
  /** A price named as one that no longer holds; shops without a sale use such names for the price itself. */
  old: 1 << 2,
  /** A price per kilogram, litre or piece. */
  perUnit: 1 << 3,
  shipping: 1 << 4,
  /** Instalments, savings, points, vouchers: money that is not the price. */
  sideMoney: 1 << 5,
  /** Other products: recommendations, carousels, carts, comparison. */
  elsewhere: 1 << 6,
  /** Reviews, dialogs, banners: what frames the content of a page. */
  frame: 1 << 7,
  /** Inside a link to another page. */
  link: 1 << 8,
  hidden: 1 << 9,
  /** Set in large or bold type. */
  emphasis: 1 << 10,
  stock: 1 << 11,
  /** One of several choices of a size, a colour or a quantity. */
  choice: 1 << 12,
  /** Named for the product itself rather than for a list of them. */
  product: 1 << 13,
  /** Struck through by its element or its style. */
  struck: 1 << 14,
  /** One of a list of products. */
  card: 1 << 15,
  /** Menus, header and footer of the site. */
  navigation: 1 << 16,
  /** The higher of two prices beside the percentage between them. Set by `price-candidates.ts`, not by the markup. */
  reduced: 1 << 17,
} as const;

type Bits = number;

/** Where a page shows other products. */
export const OF_OTHERS: Bits = AROUND.elsewhere | AROUND.card | AROUND.navigation;
/** What the page does not say of its own product: it stands with other products, or in the page's frame. */
export const NOT_OWN: Bits = OF_OTHERS | AROUND.frame;

const PRICE = inNames(wordsOf(({ names }) => names?.price));
const CURRENT = inNames(wordsOf(({ names }) => names?.currentPrice));
const named = (meaning: NameMeaning): string => `(${alternatives(wordsOf(({ names }) => names?.[meaning]))})`;
const OLD = inNames([
  ...wordsOf(({ names }) => names?.oldPrice),
  `…${named('oldPrefix')}[-_ ]{0,2}${named('priceStem')}…`,
  `…${named('priceWord')}[-_ ]{1,3}${named('oldSuffix')}`,
]);
const PER_UNIT = inNames(wordsOf(({ names }) => names?.unitPrice));
const SHIPPING = inNames(wordsOf(({ names }) => names?.shipping));
const SIDE_MONEY = inNames(wordsOf(({ names }) => names?.sideMoney));
const STOCK = inNames(wordsOf(({ names }) => names?.stock));
const PRODUCT = inNames(wordsOf(({ names }) => names?.product));

const TAG_BITS: Record<string, Bits> = {
  ...Object.fromEntries(STRUCK_ELEMENTS.map((name) => [name, AROUND.struck])),
  nav: AROUND.navigation,
  footer: AROUND.navigation,
  b: AROUND.emphasis,
  strong: AROUND.emphasis,
  h1: AROUND.emphasis,
  h2: AROUND.emphasis,
  h3: AROUND.emphasis,
  select: AROUND.choice,
  option: AROUND.choice,
};
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;

/** Bits that say little when they stand further off than this many ancestors: large wrappers are named for many things. */
const NEAR_ANCESTORS = 4;
const FAR_BITS = AROUND.elsewhere | AROUND.frame | AROUND.hidden | AROUND.link | AROUND.choice | AROUND.product;
/** What the wrapper of the whole product may be named for without meaning it. */
const NOT_OF_WRAPPERS =
  AROUND.elsewhere |
  AROUND.card |
  AROUND.frame |
  AROUND.navigation |
  AROUND.choice |
  AROUND.old |
  AROUND.struck |
  AROUND.sideMoney |
  AROUND.shipping |
  AROUND.perUnit;

/** Reads the markup around elements of one page; answers are kept, since neighbours share their ancestors. */
export class Surroundings {
  readonly #own = new Map<Element, Bits>();
  readonly #byName = new Map<string, Bits>();
  readonly #wrappers: ReadonlySet<Element>;
  readonly #sectionsOfOthers: ReadonlySet<Element>;

  /**
   * @param anchor the product's title: the elements around it are the product, whatever their classes say.
   * @param headings of the page, by which sections of other products are known where no name in the markup tells it
   */
  constructor(anchor: Element | null, headings: readonly Element[]) {
    this.#wrappers = new Set(anchor ? ancestorsOf(anchor) : []);
    this.#sectionsOfOthers = new Set(
      headings.flatMap((heading) => {
        // Below h3, headings are those of single cards: too many to read.
        if (heading === anchor || !/^h[1-3]$/.test(heading.name) || !announcesOthers(heading)) return [];
        const section = sectionOf(heading);
        return section === null || this.#wrappers.has(section) ? [] : [section];
      }),
    );
  }

  /** Everything said by the element and what it stands in. */
  of(element: Element): Bits {
    let bits = 0;
    let distance = 0;
    for (const ancestor of [element, ...ancestorsOf(element)]) {
      const own = this.#ownBits(ancestor);
      bits |= distance <= NEAR_ANCESTORS ? own : own & FAR_BITS;
      distance += 1;
    }
    return bits;
  }

  #ownBits(element: Element): Bits {
    const known = this.#own.get(element);
    if (known !== undefined) return known;
    const { name, attribs } = element;
    let bits = TAG_BITS[name] ?? 0;
    if (name === 'a' && isLinkElsewhere(attribs.href)) bits |= AROUND.link;
    if (name === 'header' && !this.#wrappers.has(element)) bits |= AROUND.navigation;
    if (attribs.style !== undefined) {
      if (HIDDEN_STYLE.test(attribs.style)) bits |= AROUND.hidden;
      if (STRUCK_STYLE.test(attribs.style)) bits |= AROUND.struck;
    }
    if ('hidden' in attribs) bits |= AROUND.hidden;
    if (this.#sectionsOfOthers.has(element)) bits |= AROUND.elsewhere;
    if (name !== 'body' && name !== 'html') bits |= this.#namedBits(element);
    if (this.#wrappers.has(element)) bits &= ~NOT_OF_WRAPPERS;
    this.#own.set(element, bits);
    return bits;
  }

  #namedBits({ attribs }: Element): Bits {
    let names = '';
    for (const attribute in attribs) {
      if (isNaming(attribute)) {
        const value = attribs[attribute] ?? '';
        if (value.length <= MAX_NAME_LENGTH) names += `${value} `;
      }
    }
    if (names === '') return 0;
    const known = this.#byName.get(names);
    if (known !== undefined) return known;
    const bits = bitsOfNames(names.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase());
    this.#byName.set(names, bits);
    return bits;
  }
}

/** Longer lists of class names are utility classes, or data. */
const MAX_NAME_LENGTH = 400;

/** Attributes in which shops name what an element is: for styles, scripts, tests and readers. */
function isNaming(attribute: string): boolean {
  return (
    attribute === 'class' ||
    attribute === 'id' ||
    attribute === 'itemprop' ||
    attribute === 'aria-label' ||
    /^data-(?:auto|test|qa|hook|role|type|name|el|cy|component|element|price-type|bind)/.test(attribute)
  );
}

function bitsOfNames(names: string): Bits {
  let bits = 0;
  if (PRICE.test(names)) bits |= AROUND.price;
  if (CURRENT.test(names)) bits |= AROUND.current;
  if (OLD.test(names)) bits |= AROUND.old;
  if (PER_UNIT.test(names)) bits |= AROUND.perUnit;
  if (SHIPPING.test(names)) bits |= AROUND.shipping;
  if (SIDE_MONEY.test(names)) bits |= AROUND.sideMoney;
  if (ELSEWHERE.test(names)) bits |= AROUND.elsewhere;
  if (CARD.test(names)) bits |= AROUND.card;
  if (FRAME.test(names)) bits |= AROUND.frame;
  if (NAVIGATION.test(names)) bits |= AROUND.navigation;
  if (STOCK.test(names)) bits |= AROUND.stock;
  if (EMPHASIS.test(names)) bits |= AROUND.emphasis;
  if (CHOICE.test(names)) bits |= AROUND.choice;
  if (HIDDEN.test(names)) bits |= AROUND.hidden;
  if (PRODUCT.test(names)) bits |= AROUND.product;
  return bits;
}

function isLinkElsewhere(href: string | undefined): boolean {
  return href !== undefined && href !== '' && !href.startsWith('#') && !/^javascript:/i.test(href);
}

const OTHERS_HEADING = anywhere(wordsOf(({ othersHeading }) => othersHeading));
const MAX_HEADING_LENGTH = 100;

function announcesOthers(heading: Element): boolean {
  return OTHERS_HEADING.test(lineText(heading, MAX_HEADING_LENGTH));
}

/** The nearest element that holds more than the heading. */
function sectionOf(heading: Element): Element | null {
  for (let at = heading.parent; at && isTag(at); at = at.parent) {
    if (at.name === 'body') return null;
    if (at.children.filter(isTag).length > 1) return at;
  }
  return null;
}
