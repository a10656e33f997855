import { Command } from 'commander';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import { CliError, printJson, readJsonLines } from './output.ts';

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
    .action(async () => {
      let line = 0;
      for await (const row of readJsonLines()) {
        line += 1;
        const { amount, currency } = parsePriceText(text(row, 'price', line) ?? '', {
          currencyHint: text(row, 'currency_hint', line),
          decimalSeparator: text(row, 'decimal_separator', line),
        });
        printJson({ amount, currency });
      }
    });
}

function text(row: Record<string, unknown>, key: string, line: number): string | null {
  const value = row[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new CliError(`object ${line} of the input has a "${key}" that is no string`);
}
