import { Command } from 'commander';
import {
  type ComparedOffer,
  type Comparison,
  comparisonSchema,
  namesSomething,
  type ShopResult,
  shopResultSchema,
} from '../../shared/api/comparison.ts';
import { isCurrencyCode } from '../../shared/prices/money/currency/iso-4217.ts';
import { COMPARE_JOB } from '../comparison/job.ts';
import { readConfig } from '../config.ts';
import { type AppContext, openContext } from '../context.ts';
import { OperatorError } from '../operator-error.ts';
import { printJson, printLine, tellLine } from './output.ts';

interface CompareFlags {
  currency: string;
  shipTo?: string;
  json: boolean;
}

/** `magpie compare QUERY`: beside a running server or without one; then this process is the worker. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('what every shop we know asks for a product')
    .argument('<query...>', "what to look for: words, or the address of a product's page")
    .option('--currency <code>', 'the currency to compare in', 'EUR')
    .option('--ship-to <country>', 'the country to send to, such as DE: shipping and totals are for there')
    .option('--json', 'print the answer of GET /compare_price', false)
    .action(async (words: string[], flags: CompareFlags) => {
      const currency = flags.currency.toUpperCase();
      if (!isCurrencyCode(currency))
        throw new OperatorError(`"${flags.currency}" is not an ISO 4217 currency code, such as EUR`);
      const shipTo = flags.shipTo?.toUpperCase() ?? null;
      if (shipTo !== null && !/^[A-Z]{2}$/.test(shipTo))
        throw new OperatorError(`"${flags.shipTo}" is not an ISO 3166-1 country code, such as DE`);
      const query = words.join(' ').trim();
      if (!namesSomething(query))
        throw new OperatorError(`"${query}" has no letter and no digit: no shop can be asked for it`);
      const context = await openContext(readConfig());
      try {
        await requireShops(context);
        const question = { query, currency, shipTo };
        const comparison = await compare(context, question, flags.json ? () => undefined : tellShop);
        if (flags.json) printJson(comparison);
        else printTable(comparison);
        if (nobodyAnswered(comparison)) throw new OperatorError('nothing could be read: the reasons stand above');
      } finally {
        await context.close();
      }
    });
}

async function requireShops({ shops, config }: AppContext): Promise<void> {
  if ((await shops.current()).enabled.length > 0) return;
  throw new OperatorError(
    `no shop is known: "magpie shops add https://…" adds one to ${config.dataDir}/shops, "npm start" starts the demo's`,
  );
}

async function compare(
  { comparisons, queue }: AppContext,
  { query, currency, shipTo }: { query: string; currency: string; shipTo: string | null },
  onShop: (result: ShopResult) => void,
): Promise<Comparison> {
  queue.work(COMPARE_JOB, comparisons.handler());
  const { jobId } = await comparisons.start(query, currency, { shipTo, trusted: true });
  for await (const { type, data } of queue.events(jobId)) {
    if (type === 'shop') onShop(shopResultSchema.parse(data));
  }
  const job = await queue.get(jobId);
  if (job?.state === 'completed') return comparisonSchema.parse(job.result);
  throw new OperatorError(`the comparison ${job?.state === 'failed' ? `failed: ${job.error}` : 'was cancelled'}`);
}

/** A line on stderr as each shop answers. */
function tellShop(result: ShopResult): void {
  const seconds = `${(result.elapsed_ms / 1000).toFixed(1)} s`;
  if (result.status === 'failed') {
    const { shop_name, reason } = result.failure;
    tellLine(`  ${shop_name}: ${reason} after ${seconds}`);
  } else {
    tellLine(`  ${result.shop_name}: ${result.offers.length} offers after ${seconds}`);
  }
}

function nobodyAnswered({ offers, failures, shops_asked }: Comparison): boolean {
  return offers.length === 0 && failures.length > 0 && failures.length >= shops_asked;
}

function printTable(comparison: Comparison): void {
  const { offers, best, failures, complete, rates_date, currency, recognised, next_step, ship_to } = comparison;
  if (recognised !== null) {
    printLine(`Recognised: ${recognised.title} (${recognised.shop}); asked the shops for "${comparison.query}".\n`);
  }
  const rows = offers.map((offer) => [
    offer.url === best?.url ? '*' : offer.unconfirmed ? '?' : '',
    offer.total?.amount ?? `from ${offer.price.amount}`,
    offer.shipping?.amount ?? 'not told',
    offer.availability ?? 'not told',
    offer.shop_name,
    title(offer),
  ]);
  if (rows.length > 0)
    printLine(
      aligned([
        ['', `total ${currency}`, ship_to == null ? 'shipping' : `to ${ship_to}`, 'stock', 'shop', 'offer'],
        ...rows,
      ]),
    );
  if (best !== null) printLine(`\n* ${best.shop_name}: ${best.reason}\n  ${best.url}`);
  else if (offers.length > 0) printLine('\nNone of these can be had now.');
  else printLine(`\n${next_step ?? 'None of the shops that could be read has it.'}`);
  if (offers.some(({ unconfirmed }) => unconfirmed)) {
    printLine(
      '? Not read surely, or far off what it cost before: no deal until a second look, in five minutes or more, shows it again.',
    );
  }
  for (const { shop_name, detail } of failures) printLine(`${shop_name}: ${detail}`);
  if (!complete) printLine('Not every shop had answered in time.');
  if (rates_date !== null) printLine(`Converted by the exchange rates of ${rates_date}.`);
}

function title({ title, condition, unit_price }: ComparedOffer): string {
  const state =
    condition === null || condition === 'NewCondition' ? '' : ` [${condition.replace('Condition', '').toLowerCase()}]`;
  const perUnit = unit_price === null ? '' : ` (${unit_price.amount} ${unit_price.currency}/${unit_price.per})`;
  return `${title}${state}${perUnit}`;
}

/** Columns of the width of their widest cell; the last one is cut where the terminal ends. */
function aligned(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
    .join('\n');
}
