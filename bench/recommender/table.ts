import type { Timing } from './statistics.ts';

export type Cell = string | number | Timing | null;
export type Row = Readonly<Record<string, Cell>>;

/** What a section found: rows that go into the JSON as they are, and how people see them. */
export interface Table {
  title: string;
  rows: readonly Row[];
  columns: readonly Column[];
}

export interface Column {
  key: string;
  label: string;
  /** Digits that count, 3 unless said; whole numbers stand as they are. */
  digits?: number;
}

/** Columns under one another, numbers to the right; a timing is its median and spread, a missing figure a dash. */
export function renderTable({ title, rows, columns }: Table): string {
  const cells = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map(({ key, digits = 3 }) => text(row[key] ?? null, digits))),
  ];
  const widths = columns.map((_, c) => Math.max(...cells.map((line) => line[c]!.length)));
  const isText = columns.map(({ key }) => rows.every((row) => typeof row[key] === 'string'));
  const lines = cells.map((line) =>
    line
      .map((cell, c) => (isText[c] ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd(),
  );
  return [title, '─'.repeat(Math.max(...lines.map((line) => line.length))), ...lines].join('\n');
}

function text(cell: Cell, digits: number): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return number(cell, digits);
  return `${number(cell.median, digits)} (${number(cell.least, digits)}–${number(cell.most, digits)})`;
}

function number(value: number, digits: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits);
}
