import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { EVENT_FORMATS } from '../import/formats.ts';
import { importEvents } from '../import/import-events.ts';
import type { ImportReport, RowReason } from '../import/import-report.ts';
import { OperatorError } from '../operator-error.ts';
import { ENCODING_HELP } from './encoding-help.ts';
import { takeLowPriority } from './low-priority.ts';
import { printJson, printLine, tellLine } from './output.ts';
import { progressBar } from './progress.ts';
import { withStore } from './with-store.ts';

interface ImportFlags {
  encoding?: string;
  strict: boolean;
  dryRun: boolean;
  json: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('read events or products from files')
    .hook('preAction', takeLowPriority)
    .addCommand(eventsCommand())
    .addCommand(productsCommand());
}

function eventsCommand(): Command {
  return new Command('events')
    .description('import ratings or purchases; importing the same file again changes nothing')
    .argument('<format>', Object.keys(EVENT_FORMATS).join(' | '))
    .argument('<path>', 'file, or folder for movielens and online-retail; .gz is read too')
    .option('--encoding <name>', ENCODING_HELP)
    .option('--strict', 'refuse the file at its first broken row', false)
    .option('--dry-run', 'read and count, write nothing', false)
    .option('--json', 'print the report as JSON', false)
    .action(async (format: string, path: string, flags: ImportFlags) => {
      const source = EVENT_FORMATS[format];
      if (source === undefined) {
        throw new OperatorError(
          `there is no format "${format}": choose one of ${Object.keys(EVENT_FORMATS).join(', ')}`,
        );
      }
      await withStore(readConfig(), async (store) => {
        const bar = progressBar('importing', 'MB');
        const report = await importEvents(store, source(path, new Date()), {
          strict: flags.strict,
          dryRun: flags.dryRun,
          encoding: flags.encoding,
          onWait: tellLine,
          onProgress: (read, total) => bar.update(read / 1e6, total / 1e6),
        }).finally(() => bar.stop());
        if (flags.json) printJson({ ...report, dry_run: flags.dryRun });
        else printLine(describe(report, flags.dryRun));
      });
    });
}

function productsCommand(): Command {
  return new Command('products')
    .description('import a catalogue: CSV or JSONL with the columns of a Google merchant feed, or such a feed (XML)')
    .argument('<path>', '.csv, .tsv, .jsonl, .ndjson or .xml; .gz is read too')
    .option('--encoding <name>', ENCODING_HELP)
    .option('--strict', 'refuse the file at its first broken row', false)
    .option('--dry-run', 'read and count, write nothing', false)
    .option('--json', 'print the report as JSON', false)
    .action(async (path: string, flags: ImportFlags) => {
      const { importProducts } = await import('../import/import-products.ts');
      await withStore(readConfig(), async (store) => {
        const report = await importProducts(store, path, { ...flags, onWait: tellLine });
        if (flags.json) printJson({ ...report, dry_run: flags.dryRun });
        else printLine(describe(report, flags.dryRun));
      });
    });
}

function describe(report: ImportReport, dryRun: boolean): string {
  const count = (n: number): string => n.toLocaleString('en');
  const lines = [`${count(report.rows)} rows read`];
  if (report.imported > 0)
    lines.push(`  ${count(report.imported)} events ${dryRun ? 'would be imported' : 'imported'}`);
  if (report.duplicates > 0) lines.push(`  ${count(report.duplicates)} were there already`);
  if (report.products > 0)
    lines.push(`  ${count(report.products)} products ${dryRun ? 'would be imported' : 'imported'}`);
  for (const each of report.skipped) lines.push(`  ${count(each.rows)} left out: ${withExamples(each)}`);
  for (const each of report.unpriced)
    lines.push(`  ${count(each.rows)} imported without a price: ${withExamples(each)}`);
  return lines.join('\n');
}

function withExamples({ reason, rows, lines, values }: RowReason): string {
  const examples = lines.map((line, i) => (values === undefined ? `${line}` : `${line} "${values[i]}"`));
  return `${reason} (lines ${examples.join(', ')}${rows > lines.length ? ', …' : ''})`;
}
