/** What kind of trade item number or ISO publication number a text holds. `upc` is GTIN-12. */
export type ProductCodeType = 'gtin8' | 'upc' | 'gtin13' | 'gtin14' | 'isbn10' | 'isbn13' | 'ismn' | 'issn';

export interface ProductCode {
  type: ProductCodeType;
  /** The number padded to GTIN-14; null for an ISSN, which numbers a periodical and no single item. */
  gtin14: string | null;
}

const LABEL =
  /^\s*(gtin|ean|upc|isbn|issn|ismn|jan)(?:[- ]?(?:8|10|12|13|14)(?=\s*[:#]|\s))?(?:[- ]?[ae])?\s*[:#]?\s*/i;
const SEPARATORS = /[\s\u2010-\u2015\u2212-]+/g;
const ISSN_SHAPE = /^\d{4}[\u2010-\u2015-]\d{3}[\dXx]$/;

/**
 * Reads a GTIN-8, -12, -13, -14, ISBN-10, ISBN-13, ISMN or ISSN with its check digit, tolerant of a label in front,
 * spaces and hyphens. A code whose check digit is wrong is no code.
 * Source: GS1 General Specifications, section 7.9 (check digits); ISO 2108 (ISBN); ISO 3297 (ISSN).
 */
export function readProductCode(raw: string): ProductCode | null {
  if (raw.length > MAX_RAW_LENGTH) return null;
  const label = LABEL.exec(raw);
  const body = raw.slice(label?.[0].length ?? 0).trim();
  const kind = label?.[1]?.toLowerCase();
  const digits = body.replace(SEPARATORS, '').toUpperCase();
  if (kind === 'issn' || (kind === undefined && ISSN_SHAPE.test(body))) {
    return hasIssnCheckDigit(digits) ? { type: 'issn', gtin14: null } : null;
  }
  if (digits.length === 10) {
    if (kind !== undefined && kind !== 'isbn') return null;
    return hasIsbn10CheckDigit(digits) ? { type: 'isbn10', gtin14: `0${isbn13FromIsbn10(digits)}` } : null;
  }
  if (!hasGtinCheckDigit(digits)) return null;
  const type = gtinType(digits);
  if (kind === 'isbn' && type !== 'isbn13') return null;
  return { type, gtin14: digits.padStart(14, '0') };
}

/** No code with label, spaces and hyphens is longer; longer text is prose. */
const MAX_RAW_LENGTH = 60;

/**
 * The GTIN-14 that identifies this product in every shop, or null: no valid code, or one of a restricted-circulation
 * range, which each company fills as it likes.
 */
export function identifyingGtin(raw: string): string | null {
  const gtin14 = readProductCode(raw)?.gtin14 ?? null;
  return gtin14 === null || isRestrictedCirculation(gtin14) ? null : gtin14;
}

/**
 * Whether a GTIN-14 lies in a range that is not unique across companies: numbers for use inside a company or region
 * (GS1 prefixes 020–029, 040–049, 200–299; GTIN-8 prefixes 0 and 2), coupons and refund receipts (050–059, 980–984,
 * 990–999), and variable measure items (indicator digit 9). All zeros are a placeholder.
 * Source: GS1 General Specifications, section 1.4 (prefixes) and 2.1.10 (variable measure).
 */
export function isRestrictedCirculation(gtin14: string): boolean {
  if (gtin14.startsWith('9')) return true;
  if (gtin14.startsWith('000000')) return isRestrictedGtin8(gtin14.slice(6));
  const prefix = Number(gtin14.slice(1, 4));
  return (
    (prefix >= 20 && prefix <= 29) ||
    (prefix >= 40 && prefix <= 59) ||
    (prefix >= 200 && prefix <= 299) ||
    (prefix >= 980 && prefix <= 984) ||
    prefix >= 990
  );
}

function isRestrictedGtin8(gtin8: string): boolean {
  return gtin8.startsWith('0') || gtin8.startsWith('2');
}

function gtinType(digits: string): ProductCodeType {
  if (digits.length === 8) return 'gtin8';
  if (digits.length === 12) return 'upc';
  if (digits.length === 14) return 'gtin14';
  if (digits.startsWith('9790')) return 'ismn';
  return digits.startsWith('978') || digits.startsWith('979') ? 'isbn13' : 'gtin13';
}

const GTIN_SHAPE = /^(?:\d{8}|\d{12,14})$/;

function hasGtinCheckDigit(digits: string): boolean {
  if (!GTIN_SHAPE.test(digits)) return false;
  return gtinCheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/** Modulo 10 with weights 3, 1, 3, … from the right. */
function gtinCheckDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    sum += Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

function hasIsbn10CheckDigit(isbn: string): boolean {
  return /^\d{9}[\dX]$/.test(isbn) && weightedModulo11(isbn) === 0;
}

function hasIssnCheckDigit(issn: string): boolean {
  return /^\d{7}[\dX]$/.test(issn) && weightedModulo11(issn) === 0;
}

/** Sum of the digits weighted n, n−1, …, 1, modulo 11; X stands for 10. */
function weightedModulo11(code: string): number {
  let sum = 0;
  for (let i = 0; i < code.length; i += 1) {
    sum += (code[i] === 'X' ? 10 : Number(code[i])) * (code.length - i);
  }
  return sum % 11;
}

function isbn13FromIsbn10(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  return body + gtinCheckDigit(body);
}
