import { findCurrencyMark, isWordlikeMark } from '../../money/currency/marks.ts';
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
 * What makes a number a price beside the marks of `money/currency/marks.ts`: their codes in lower case where those are
 * words too, halves of marks (`US 12`), dashes for no cents, initials with dots, marks within longer runs of letters.
 */
const OTHER_CURRENCY_WORDS =
  /\p{Sc}|(?<!\p{L})(?:cad|sek|ron|try|inr|ars|cop|pen|sar|php|kes|mad|ft|din|kn|rm|nt|hk|us|au|eu)(?!\p{L})|,-|(?<=\d)[,.:][-–—]{1,2}(?!\S)|円|元|원|ر\.س|ر\.ق|د\.إ|د\.ك|د\.ب|ج\.م|ر\.ع|د\.م|د\.ت|د\.ج|درهم|ريال|جنيه|دينار|تومان|ریال|ש[״"]ח/iu;
const LETTERS = /[\p{L}\p{M}]+/gu;

/**
 * Whether a text holds a sign or a word that makes its number a price: one of the price reader's marks, unless that is
 * another word as well, or one of the above. Wider than the reader's own list on purpose: the reader decides.
 */
export function namesCurrency(text: string): boolean {
  return OTHER_CURRENCY_WORDS.test(text) || (text.match(LETTERS) ?? []).some(isCurrencyName);
}

function isCurrencyName(word: string): boolean {
  return findCurrencyMark(word) !== null && !isWordlikeMark(word) && !isWordlikeMark(word.toLowerCase());
}
