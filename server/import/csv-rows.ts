import { pipeline } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { OperatorError } from '../operator-error.ts';
import { type InputOptions, textOf } from './text-input.ts';

/** One row of a CSV file by column name, and the line it ends on. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

export interface CsvOptions extends InputOptions {
  /** Columns that must be in the header. */
  required: readonly string[];
  /** For a file without a header: its columns in order. */
  columns?: readonly string[];
  delimiter?: string;
  /** No value spans lines, so a quote that its own line does not close is an error of that line alone. */
  oneLineRows?: boolean;
  /** Told of each row that is not CSV at all (an unclosed quote); it is skipped. */
  onMalformed(line: number, reason: string): void;
}

/** What text does not hold, and a terminal might act on. */
const CONTROL_CHARACTERS = /[\p{Cc}\u{FFFD}]/u;

/** A longer row is no row: without a bound it would swallow the rest of the file into memory. */
const MAX_ROW_BYTES = 64 * 1024;

/**
 * Streams the rows of a CSV file, gunzipped where its name ends in `.gz`; memory does not grow with the file.
 * @throws OperatorError when the file cannot be read, is empty or lacks a required column.
 */
export async function* csvRows(path: string, options: CsvOptions): AsyncGenerator<CsvRow> {
  let isEmpty = true;
  const onMalformed = (line: number, reason: string): void => {
    isEmpty = false;
    options.onMalformed(line, reason);
  };
  const headerOf = (header: string[]): string[] => {
    isEmpty = false;
    return checkHeader(path, header, options.required);
  };
  const parser = parse({
    columns: options.columns ? [...options.columns] : headerOf,
    delimiter: options.delimiter ?? ',',
    info: true,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) onMalformed(lineOf(error), error.message);
      return undefined;
    },
  });
  const text = textOf(path, options);
  // pipeline ends every stream when one fails; the error reaches the reader through the parser.
  pipeline(options.oneLineRows ? withoutOpenQuotes(text, onMalformed) : text, parser, noteEnd);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      isEmpty = false;
      yield { line: info.lines, values: record };
    }
  } catch (error) {
    if (error instanceof OperatorError || options.signal?.aborted) throw error;
    throw new OperatorError(`${path} cannot be read as CSV: ${(error as Error).message}`, { cause: error });
  }
  if (!isEmpty) return;
  throw new OperatorError(
    options.columns
      ? `${path} is empty: each of its lines must hold ${options.columns.join(', ')}`
      : `${path} is empty: its first line must name the columns ${options.required.join(', ')}`,
  );
}

/** Empties each line with an odd number of quotes, and reports it; the lines after it keep their numbers. */
async function* withoutOpenQuotes(
  text: AsyncIterable<string>,
  onMalformed: CsvOptions['onMalformed'],
): AsyncGenerator<string> {
  let line = 0;
  let rest = '';
  const check = (whole: string): string => {
    line += 1;
    if (!whole.includes('"') || (whole.split('"').length - 1) % 2 === 0) return whole;
    onMalformed(line, 'a quote that is not closed');
    return '';
  };
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_ROW_BYTES) throw new Error(`line ${line + 1} is longer than ${MAX_ROW_BYTES} bytes`);
    if (lines.length > 0) yield `${lines.map(check).join('\n')}\n`;
  }
  yield check(rest);
}

function noteEnd(): void {
  // The reader of the parser meets the same error: see the catch above.
}

function lineOf(error: CsvError): number {
  return 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 0;
}

function checkHeader(path: string, header: string[], required: readonly string[]): string[] {
  if (CONTROL_CHARACTERS.test(header.join(','))) throw new OperatorError(`${path} is not a text file`);
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new OperatorError(
      `${path} has no column ${missing.map((name) => `"${name}"`).join(', ')}: its first line must name the columns ${required.join(', ')} (it reads "${header.join(',').slice(0, 120)}")`,
    );
  }
  return names;
}
