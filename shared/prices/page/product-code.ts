import { readProductCode } from '../matching/gtin.ts';
import { collapse } from './dom.ts';

/** Longer text in a code's place is prose. */
const MAX_CODE_LENGTH = 64;
const LABEL = /^(?:sku|mpn|ean|gtin\d*|upc|id|item|art|ref|model)\s*(?:no|nr|number)?\.?\s*[:#]\s*/i;

/** A stock or part number without its label; null where the text is none. */
export function plainCode(raw: string | null): string | null {
  if (raw === null) return null;
  const code = collapse(raw).replace(LABEL, '');
  if (code === '' || code.length > MAX_CODE_LENGTH) return null;
  return /^(?:null|undefined|n\/?a|none|-|0)$/i.test(code) || !/[\p{L}\p{N}]/u.test(code) ? null : code;
}

/** The digits of a GTIN as the page writes them; null when the check digit is wrong, or for the placeholder of zeros. */
export function validGtin(raw: string | null): string | null {
  if (raw === null || /^\D*0+\D*$/.test(raw)) return null;
  const code = readProductCode(raw);
  if (code === null || code.gtin14 === null) return null;
  const digits = raw.replace(/[^\dXx]/g, '');
  return code.type === 'isbn10' ? code.gtin14.slice(1) : digits;
}
