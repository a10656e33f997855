import type { Availability } from '../offer.ts';
import { wordBeginning, wordsOf } from '../words/compile.ts';

/* Order matters: a negated phrase contains the positive one ("not in stock", "nicht auf Lager"), so absence is asked first. */

const OUT_OF_STOCK = wordBeginning(wordsOf(({ outOfStock }) => outOfStock));
const PRE_ORDER = wordBeginning(wordsOf(({ preOrder }) => preOrder));
const BACK_ORDER = wordBeginning(wordsOf(({ backOrder }) => backOrder));
const IN_STOCK = wordBeginning(wordsOf(({ inStock }) => inStock));

/** The state that a short text tells, such as the label beside a buy button; null for "cannot tell". */
export function availabilityFromText(text: string): Availability | null {
  if (OUT_OF_STOCK.test(text)) return 'OutOfStock';
  if (PRE_ORDER.test(text)) return 'PreOrder';
  if (BACK_ORDER.test(text)) return 'BackOrder';
  return IN_STOCK.test(text) ? 'InStock' : null;
}
