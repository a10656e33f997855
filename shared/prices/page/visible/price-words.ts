import {
  CURRENCY_HINTS,
  CURRENCY_SPELLINGS,
  findCurrencyMark,
  isUnitlikeMark,
  isWordlikeMark,
  MARKS_WITHIN_WORDS,
} from '../../money/currency/marks.ts';
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

/** "3-year", "24 months": a number that is no amount. */
export const SPAN_OF_TIME = new RegExp(
  `(?<![\\d.,])\\d{1,2}[\\s-]?(?:${alternatives(wordsOf(({ perUnits }) => [...(perUnits?.month ?? []), ...(perUnits?.year ?? [])]))})\\p{L}{0,2}(?!\\p{L})`,
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

/** Marks of letters with a stroke: `S/`, `B/`. */
const MARKS_WITH_STROKE = CURRENCY_SPELLINGS.filter((spelling) => /^\p{L}+\/$/u.test(spelling));

/** What else makes a number a price: currency signs, marks that are no words, hints, marks within words, dashes for no cents. */
const OTHER_CURRENCY_WORDS = new RegExp(
  `\\p{Sc}|(?<!\\p{L})(?:${MARKS_WITH_STROKE.join('|')})(?=\\.?\\s?\\d|$)|(?<!\\p{L})(?:${CURRENCY_HINTS.join('|')})(?!\\p{L})|${MARKS_WITHIN_WORDS.join('|')}|,-|(?<=\\d)[,.:][-–—]{1,2}(?!\\S)`,
  'iu',
);
/** Initials with dots (`د.إ.`) or a run of letters. */
const WORD = /\p{L}(?:\.\p{L})+(?![\p{L}\p{M}])|[\p{L}\p{M}]+/gu;
/** `LE 79`: a mark and an amount, and nothing else. */
const MARK_BEFORE_AMOUNT = /^([\p{L}]{2,4})\.?\s?\d[\d.,'’\s]*$/u;

/**
 * Whether a text holds a sign or a word that makes its number a price: one of the price reader's marks, unless that is
 * another word as well, or one of the above. Wider than the reader's own list on purpose: the reader decides.
 */
export function namesCurrency(text: string): boolean {
  return OTHER_CURRENCY_WORDS.test(text) || (text.match(WORD) ?? []).some(isCurrencyName) || isMarkBeforeAmount(text);
}

/** Alone before an amount even a mark that is a word as well is none. */
function isMarkBeforeAmount(text: string): boolean {
  const mark = MARK_BEFORE_AMOUNT.exec(text)?.[1];
  return mark !== undefined && findCurrencyMark(mark) !== null && !isUnitlikeMark(mark);
}

function isCurrencyName(word: string): boolean {
  const mark = word.replaceAll('.', '');
  return findCurrencyMark(mark) !== null && (mark !== word || !isWordlikeMark(mark));
}
