import { Parser } from 'htmlparser2';
import { isCurrencyCode } from './iso-4217.ts';
import type { PublishedRates } from './rates.ts';

/** The file is 1.7 KB; a much larger answer is not it. */
const MAX_XML_LENGTH = 100_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const RATE = /^\d{1,9}(?:\.\d{1,9})?$/;
/** Fewer would be a broken answer: the ECB has published some thirty since 2008. */
const MIN_RATES = 10;

/**
 * Reads the European Central Bank's euro foreign exchange reference rates (`eurofxref-daily.xml`): nested `Cube`
 * elements, one with `time`, and in it one per currency with `currency` and `rate` (units for one euro).
 * @returns null when the text is not such a file.
 */
export function parseEcbDailyXml(xml: string): PublishedRates | null {
  if (xml.length > MAX_XML_LENGTH) return null;
  let date: string | null = null;
  const rates: Record<string, string> = {};
  const parser = new Parser(
    {
      onopentag(name, { time, currency, rate }) {
        if (name !== 'Cube') return;
        if (time !== undefined && DATE.test(time)) date = time;
        if (currency !== undefined && rate !== undefined && isUsable(currency, rate)) rates[currency] = rate;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return date === null || Object.keys(rates).length < MIN_RATES ? null : { date, rates };
}

function isUsable(currency: string, rate: string): boolean {
  return isCurrencyCode(currency) && RATE.test(rate) && Number(rate) > 0;
}
