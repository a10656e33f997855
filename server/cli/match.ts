import { Command } from 'commander';
import { matchOffers } from '../../shared/prices/matching/match.ts';
import type { MatchableOffer } from '../../shared/prices/matching/profile.ts';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import { OperatorError } from '../operator-error.ts';
import { answerJsonLines } from './json-lines.ts';

/** `magpie match`: stdin JSONL `{"left":{…},"right":{…}}` → `{"same","score"}`, the score a probability. */
export function matchCommand(): Command {
  return new Command('match')
    .description('say for each pair of offers on stdin whether they are of the same product')
    .option('--json', 'one JSON object per line (the only form)')
    .addHelpText(
      'after',
      '\nReads lines of {"left": {"title": "…", …}, "right": {"title": "…", …}}; beside "title" (or "name") an offer may' +
        '\nhave "brand" (or "manufacturer"), "price", "gtin", "mpn" and "description".' +
        '\nWrites lines of {"same": true, "score": 0.97}; the score is the probability that they are the same.',
    )
    .action(() =>
      answerJsonLines(({ left, right }) => {
        const a = readOffer(left, 'left');
        const b = readOffer(right, 'right');
        const comparable = a.currency === null || b.currency === null || a.currency === b.currency;
        const price = comparable ? {} : { price: null };
        return matchOffers({ ...a.offer, ...price }, { ...b.offer, ...price });
      }),
    );
}

/** An offer, and the currency of its price where it is given. */
function readOffer(value: unknown, side: string): { offer: MatchableOffer; currency: string | null } {
  if (typeof value !== 'object' || value === null) {
    throw new OperatorError(`it has no object "${side}"`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const text = (...names: string[]): string | null => {
    const found = names.map((name) => fields.get(name)).find((field) => field != null && field !== '');
    return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
  };
  const title = text('title', 'name');
  if (title === null) throw new OperatorError(`its "${side}" has no "title" and no "name"`);
  const price = readPrice(fields.get('price'));
  return {
    offer: {
      title,
      brand: text('brand', 'manufacturer'),
      gtin: text('gtin', 'ean', 'upc'),
      mpn: text('mpn', 'model'),
      description: text('description'),
      price: price.amount,
    },
    currency: price.currency,
  };
}

/** A number, a text as shops write it, or `{"amount", "currency"}`. */
function readPrice(value: unknown): { amount: number | null; currency: string | null } {
  if (typeof value === 'number') return { amount: value, currency: null };
  if (typeof value === 'object' && value !== null && 'amount' in value) {
    const currency = 'currency' in value && typeof value.currency === 'string' ? value.currency : null;
    return { ...readPrice(value.amount), currency };
  }
  const { amount, currency } = parsePriceText(typeof value === 'string' ? value : '');
  return { amount: amount === null ? null : Number(amount), currency };
}
