import { Command } from 'commander';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import { OperatorError } from '../operator-error.ts';
import { answerJsonLines } from './json-lines.ts';

/** `magpie parse-price`: stdin JSONL `{"price","currency_hint","decimal_separator"}` → `{"amount","currency"}`. */
export function parsePriceCommand(): Command {
  return new Command('parse-price')
    .description('read amount and currency from each price text on stdin')
    .option('--json', 'one JSON object per line (the only form)')
    .addHelpText(
      'after',
      '\nReads lines of {"price": "1.299,00 €", "currency_hint": "EUR", "decimal_separator": ","}, the last two optional;' +
        '\nwrites lines of {"amount": "1299.00", "currency": "EUR"}, either null for "cannot tell".',
    )
    .action(() =>
      answerJsonLines((row) => {
        const { amount, currency } = parsePriceText(text(row, 'price') ?? '', {
          currencyHint: text(row, 'currency_hint'),
          decimalSeparator: text(row, 'decimal_separator'),
        });
        return { amount, currency };
      }),
    );
}

function text(row: Record<string, unknown>, key: string): string | null {
  const value = row[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new OperatorError(`its "${key}" is no string`);
}
