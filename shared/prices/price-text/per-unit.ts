import type { Amount } from './amounts.ts';
import { isPunctuation, isTight, type Token } from './tokens.ts';
import { isPerWord, perByItself, perUnit } from './vocabulary.ts';

const STROKE: ReadonlySet<string> = new Set(['/']);
const CLOSERS: ReadonlySet<string> = new Set(['*', '(', ')']);

/** `€/kg`, `per month`, `/ 100 g`, `(ea)`. */
export function perAfter(tokens: readonly Token[], last: number): string | null {
  let at = last + 1;
  while (isPunctuation(tokens[at], CLOSERS)) at += 1;
  const token = tokens[at];
  if (token === undefined) return null;
  const byItself = token.kind === 'word' ? perByItself(token.text.toLowerCase()) : null;
  if (byItself !== null) return byItself;
  if (!isPunctuation(token, STROKE) && !(token.kind === 'word' && isPerWord(token.text.toLowerCase()))) return null;
  const unit = tokens[at + 1]?.kind === 'number' ? at + 2 : at + 1;
  return isSquared(tokens, unit) ? 'm2' : unitOf(tokens[unit]);
}

/** `м2`: a letter and a digit, which are two tokens. */
function isSquared(tokens: readonly Token[], unit: number): boolean {
  const exponent = tokens[unit + 1];
  return (
    unitOf(tokens[unit]) === 'm' &&
    exponent?.kind === 'number' &&
    exponent.digits.join() === '2' &&
    isTight(tokens, unit)
  );
}

const EQUALS: ReadonlySet<string> = new Set(['=', ':', ')']);

/** `1 kg = 19,90 €`, `Preis pro l: 2,50`. */
export function perBefore(tokens: readonly Token[], amount: Amount): string | null {
  let at = amount.first - 1;
  const equals = tokens[at];
  while (isPunctuation(tokens[at], EQUALS)) at -= 1;
  const unit = unitOf(tokens[at]);
  if (unit === null) return null;
  const previous = tokens[at - 1];
  if (previous?.kind === 'number') return isPunctuation(equals, EQUALS) ? unit : null;
  const opensWithStroke = isPunctuation(previous, STROKE) && (tokens[at - 2]?.kind ?? 'word') === 'word';
  const introduced = opensWithStroke || (previous?.kind === 'word' && isPerWord(previous.text.toLowerCase()));
  return introduced ? unit : null;
}

/** The unit that a token names, in its canonical form. */
export function unitOf(token: Token | undefined): string | null {
  if (token === undefined || token.kind === 'number') return null;
  return perUnit(token.text.toLowerCase());
}
