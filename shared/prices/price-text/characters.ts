/** Code points of the digit zero of each script whose digits appear in prices; the other nine follow it. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

const OTHER_DIGIT =
  /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u0fff\u1040-\u1049\u17e0-\u17e9\u1810-\u1819\uff10-\uff19]/g;
/** Soft hyphen, zero-width and direction marks: they change how a price looks, not what it says. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\ufe0e|\ufe0f/g;
const SUPERSCRIPT_RUN = /[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+/g;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** The Swiss write a dash for no francs, as they do for no rappen: `CHF –.95`. */
const DASH_FOR_ZERO = /(?<![\d.])[-–—]\.(?=\d\d(?!\d))/g;
const ONLY_ASCII = /^[\x20-\x7e]*$/;

/**
 * The text with every script's digits as ASCII digits, without invisible characters, with full-width punctuation as
 * ASCII, with superscript cents (`19⁹⁹`) set off by a space, and with a dash for zero (`–.95`) as a zero.
 */
export function plainPriceText(given: string): string {
  const text = given.replace(DASH_FOR_ZERO, '0.');
  if (ONLY_ASCII.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(OTHER_DIGIT, asciiDigit)
    .replace(SUPERSCRIPT_RUN, (run) => (run.length === 2 ? ` ${Array.from(run, superscriptDigit).join('')}` : ' '))
    .replace(/[\uff01-\uff0f\uff1a-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

/** The text with every script's digits as ASCII digits, and nothing else changed. */
export function withAsciiDigits(text: string): string {
  return text.replace(OTHER_DIGIT, asciiDigit);
}

function asciiDigit(char: string): string {
  const code = char.charCodeAt(0);
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? char : String(code - zero);
}

function superscriptDigit(char: string): string {
  return String(SUPERSCRIPTS.indexOf(char));
}
