import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import { CliError } from '../cli/output.ts';

/** One row of a CSV file by column name, and the line it ends on. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

export interface CsvOptions {
  /** Columns that must be in the header. */
  required: readonly string[];
  /** For a file without a header: its columns in order. */
  columns?: readonly string[];
  delimiter?: string;
  /** Told of each row that is not CSV at all (an unclosed quote); it is skipped. */
  onMalformed(line: number, reason: string): void;
  /** Bytes of the file read so far, and in all. */
  onProgress?(readBytes: number, totalBytes: number): void;
}

/** A longer row is a quote that was never closed: without a bound it would swallow the rest of the file into memory. */
const MAX_ROW_BYTES = 64 * 1024;

/**
 * Streams the rows of a CSV file, gunzipped where its name ends in `.gz`; memory does not grow with the file.
 * @throws CliError when the file cannot be read or lacks a required column.
 */
export async function* csvRows(path: string, options: CsvOptions): AsyncGenerator<CsvRow> {
  const { size } = await stat(path).catch(() => {
    throw new CliError(`${path} cannot be read: there is no such file`);
  });
  const parser = parse({
    bom: true,
    columns: options.columns ? [...options.columns] : (header: string[]) => checkHeader(path, header, options.required),
    delimiter: options.delimiter ?? ',',
    info: true,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) options.onMalformed(lineOf(error), error.message);
      return undefined;
    },
  });
  let readBytes = 0;
  const file = createReadStream(path);
  file.on('data', (chunk) => {
    readBytes += chunk.length;
    options.onProgress?.(readBytes, size);
  });
  // pipeline ends every stream when one fails; the error reaches the reader through the parser.
  if (path.endsWith('.gz')) pipeline(file, createGunzip(), parser, noteEnd);
  else pipeline(file, parser, noteEnd);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      yield { line: info.lines, values: record };
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} cannot be read as CSV: ${(error as Error).message}`, { cause: error });
  }
}

function noteEnd(): void {
  // The reader of the parser meets the same error: see the catch above.
}

function lineOf(error: CsvError): number {
  return 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 0;
}

function checkHeader(path: string, header: string[], required: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new CliError(
      `${path} has no column ${missing.map((name) => `"${name}"`).join(', ')}: its first line must name the columns ${required.join(', ')} (it reads "${header.join(',').slice(0, 120)}")`,
    );
  }
  return names;
}
