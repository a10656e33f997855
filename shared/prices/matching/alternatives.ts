/**
 * Properties of which a product has one or the other, by the words for each. Two offers that state different ones are of
 * different products: an eau de toilette is not the eau de parfum. Read from text in lower case without accents.
 */
const ALTERNATIVES: readonly Readonly<Record<string, RegExp>>[] = [
  {
    parfum: /\b(?:eau de parfum|edp)\b/,
    toilette: /\b(?:eau de toilette|edt)\b/,
    cologne: /\b(?:eau de cologne|edc|aftershave|after shave)\b/,
    extrait: /\bextrait\b/,
  },
  {
    men: /\b(?:men|mens|men's|herren|homme|hommes|hombre|uomo|heren|herr|for him)\b/,
    women: /\b(?:women|womens|women's|ladies|damen|femme|femmes|mujer|donna|dames|dam|for her)\b/,
    children: /\b(?:kids|kid's|children|childrens|junior|kinder|enfants?|ninos?|bambini)\b/,
  },
  { day: /\b(?:day|tages|tagescreme|jour|dia|giorno)\b/, night: /\b(?:night|nacht|nachtcreme|nuit|noche|notte)\b/ },
  {
    left: /\b(?:left|links|linke)[\s-]?(?:hand(?:ed)?|hander|haender)?\b/,
    right: /\b(?:right|rechts|rechte)[\s-]?(?:hand(?:ed)?|hander|haender)?\b/,
  },
  {
    glass: /\bglass? (?:carafe|jug|pot|kanne)|\bglaskanne\b/,
    thermal: /\b(?:thermal|thermo|insulated|vacuum)[\s-]?(?:carafe|jug|pot|kanne)|\bthermoskanne\b/,
  },
  { disc: /\bdis[ck] (?:edition|version|drive)\b/, digital: /\b(?:all[\s-])?digital edition\b/ },
  {
    home: /\b(?:home|famil(?:y|ie))\b/,
    business: /\b(?:business|enterprise|professional)\b/,
    single: /\bpersonal\b/,
    students: /\bstudents?\b/,
  },
  { adult: /\badults?\b/, young: /\b(?:kitten|puppy|junior|baby)\b/, senior: /\b(?:senior|mature|\d+\+ years)\b/ },
  { shampoo: /\bshampoo/, conditioner: /\b(?:conditioner|spulung|apres-shampo)/, mask: /\b(?:hair mask|haarmaske)\b/ },
  {
    cream: /\b(?:cream|creme|crema)\b/,
    lotion: /\blotion\b/,
    serum: /\bserum\b/,
    cleanser: /\b(?:cleanser|reiniger)\b/,
    toner: /\btoner\b/,
  },
  { sweetened: /(?<!un)\bsweetened\b/, unsweetened: /\b(?:unsweetened|ungesusst|sans sucres?|sin azucar)\b/ },
  { salted: /(?<!un)\bsalted\b/, unsalted: /\b(?:unsalted|ungesalzen)\b/ },
  { whole: /\bwhole milk|vollmilch\b/, skimmed: /(?<!semi[\s-])\bskimmed\b/, semi: /\bsemi[\s-]skimmed\b/ },
  {
    original: /\b(?:original|classic|regular)\b/,
    light: /\b(?:lite|light|lightest|leicht|reduced fat|low fat)\b/,
    free: /\b(?:sugar[\s-]?free|zero|diet|no sugar|no added sugar|ohne zucker)\b/,
  },
  {
    dry: /\bdry (?:dog|cat|food)/,
    wet: /\b(?:wet|pouches|tins?) (?:dog|cat|food)/,
  },
  { tablets: /\btablets?\b/, capsules: /\bcapsules?\b/, liquid: /\bliquid\b/, powder: /\bpowder\b/ },
];

/** Words that make another product of what bears none of them. */
const MARKS: Readonly<Record<string, RegExp>> = {
  refurbished:
    /\b(?:refurb(?:ished)?|renewed|reconditioned|generaluberholt|reconditionne|reacondicionado|ricondizionato|pre-?owned)\b/,
  decaffeinated: /\b(?:decaf|decaffeinated|caffeine[\s-]free|entkoffeiniert|koffeinfrei|descafeinado|decaffeinato)\b/,
  cellular: /\bcellular\b/,
  digitalEdition: /\bdigital edition\b/,
  threeColours: /\b(?:tri-?colou?r|cyan[/, ]+magenta|dreifarbig|tricolore)\b/,
  bundle: /\bbundle\b/,
  sugarFree: /\b(?:sugar[\s-]?free|zero sugar|no sugar|no added sugar|zuckerfrei|ohne zucker|diet)\b/,
  glutenFree: /\b(?:gluten[\s-]?free|glutenfrei|sans gluten|sin gluten)\b/,
  lactoseFree: /\b(?:lactose[\s-]?free|laktosefrei|sin lactosa)\b/,
  alcoholFree: /\b(?:alcohol[\s-]?free|alkoholfrei|0[.,]0\s?%)/,
};

export interface Alternatives {
  /** What is stated of each property, as bits: one list entry per property. */
  readonly stated: readonly number[];
  readonly marks: ReadonlySet<string>;
  /** `6` of `6 x 330 ml`; null for a single one, or where it is told in other words. */
  readonly multipack: number | null;
}

const FAMILIES = ALTERNATIVES.map((family) => Object.values(family));
const MARK_PATTERNS = Object.entries(MARKS);
const MULTIPACK = /(?<![\d.,])(\d{1,3})\s?[x×]\s?\d+(?:[.,]\d+)?\s?(?:ml|cl|l|g|kg|oz)\b/;

/** @param text lower case, without accents */
export function alternativesOf(text: string): Alternatives {
  const multipack = Number(MULTIPACK.exec(text)?.[1] ?? 1);
  return {
    stated: FAMILIES.map((members) =>
      members.reduce((bits, words, member) => (words.test(text) ? bits | (1 << member) : bits), 0),
    ),
    marks: new Set(MARK_PATTERNS.flatMap(([mark, words]) => (words.test(text) ? [mark] : []))),
    multipack: multipack > 1 ? multipack : null,
  };
}

/** Whether both state a property, and state it differently. */
export function alternativesConflict(a: Alternatives, b: Alternatives): boolean {
  return a.stated.some((bits, family) => bits !== 0 && b.stated[family] !== 0 && (bits & b.stated[family]!) === 0);
}

/** Whether one bears a mark that the other does not. */
export function marksConflict(a: Alternatives, b: Alternatives): boolean {
  return a.marks.size !== b.marks.size || !a.marks.isSubsetOf(b.marks);
}
