import { alternatives, anywhere, wholeWords, wordsOf } from '../../words/compile.ts';

/** `x 3`, `+5`, `-10`, `(12`: amounts that are added, taken off or counted. */
const SIDE_SIGNS = ['x \\d', '^\\+', '^-', '−\\s*\\d', '\\(\\d'];
const BEHIND_STROKE = `/\\s*(${alternatives(wordsOf(({ behindStroke }) => behindStroke))})\\b`;

/** Words in or before an amount that make it another amount than the price of one item. */
export const SIDE_MONEY_WORDS = anywhere([BEHIND_STROKE, ...SIDE_SIGNS, ...wordsOf(({ sideMoney }) => sideMoney)]);

const PAYMENTS = alternatives(wordsOf(({ payments }) => payments));
const PAYMENTS_OF = `(?: (?:${alternatives(wordsOf(({ paymentsOf }) => paymentsOf))}))?$`;

/** "or 4 interest-free payments of", "12x de", "en 3 fois": what follows is one of so many payments. */
export const COUNTED_PAYMENTS = new RegExp(
  `\\d[^\\d]{0,30}(?:${PAYMENTS})${PAYMENTS_OF}|(?<!\\p{L})\\d+\\s?[x×]${PAYMENTS_OF}`,
  'iu',
);

const TAX = alternatives(wordsOf(({ tax }) => tax));
const WITHOUT_TAX = `(${alternatives(wordsOf(({ withoutTax }) => withoutTax))})\\.?\\s?(${TAX})`;
const WITH_TAX = `(${alternatives(wordsOf(({ withTax }) => withTax))})\\.?\\s?(${TAX})`;

/** Words around an amount that make it the price before tax. */
export const NET_WORDS = wholeWords([WITHOUT_TAX, ...wordsOf(({ net }) => net)]);

/** Words around an amount that make it the price with tax. */
export const GROSS_WORDS = wholeWords([WITH_TAX, ...wordsOf(({ gross }) => gross)]);

/** A percentage beside these words is what a subscriber saves, not what the price was reduced by. */
export const SUBSCRIPTION_WORDS = wholeWords(wordsOf(({ subscription }) => subscription));

/** Words before an amount that make it the price of a sale, beside the usual one. */
export const SALE_WORDS = wholeWords(wordsOf(({ sale }) => sale));

/** Words in or before an amount that make it a former or recommended price. */
export const OLD_PRICE_WORDS = wholeWords(wordsOf(({ oldPrice }) => oldPrice));

const PRICE = wordsOf(({ price }) => price);

/** Words before an amount that make it the price. */
export const PRICE_WORDS = wholeWords([...PRICE, ...wordsOf(({ now }) => now)]);

/** "Price:" and what follows it in running text. */
export const PRICE_IN_PROSE = new RegExp(
  `(?<!\\p{L})(?:${alternatives(PRICE)})(?:\\s*\\([^)]{0,20}\\))?\\s*[:：]\\s*(.{1,30})`,
  'iu',
);

/**
 * Signs and words that make a number a price. Words only apart from letters, so that prose does not match. Wider than
 * the price reader's own list on purpose: it decides.
 */
export const CURRENCY_WORDS =
  /\p{Sc}|(?<!\p{L})(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|czk|huf|ron|rub|uah|try|inr|pkr|jpy|cny|rmb|krw|brl|mxn|ars|clp|cop|pen|zar|aed|sar|ils|thb|vnd|idr|myr|sgd|hkd|twd|php|nzd|bgn|hrk|egp|ngn|kes|mad|kzt|rs|kr|zł|zl|kč|ft|lei|руб|р|грн|тг|лв|din|kn|rm|rp|tl|nt|hk|us|au|บาท|դր|dhs?|sfr|fr|eu|евро)(?!\p{L})|,-|(?<=\d)[,.:][-–—]{1,2}(?!\S)|円|元|원|ر\.س|ر\.ق|د\.إ|د\.ك|د\.ب|ج\.م|ر\.ع|د\.م|د\.ت|د\.ج|درهم|ريال|جنيه|دينار|تومان|ریال|ש[״"]ח/iu;
