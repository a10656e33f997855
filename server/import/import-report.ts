/** What an import did, for people and as JSON. */
export interface ImportReport {
  rows: number;
  imported: number;
  /** Rows whose event was there already. */
  duplicates: number;
  /** Left out, by reason, with the lines of the first few. */
  skipped: { reason: string; rows: number; lines: number[] }[];
  products: number;
}

/** How many line numbers are kept of each reason. */
const N_EXAMPLE_LINES = 5;

/** Counts what is left out, with a few examples of each reason: memory does not grow with the file. */
export class SkippedRows {
  readonly #byReason = new Map<string, { rows: number; lines: number[] }>();

  add(reason: string, line: number): void {
    const entry = this.#byReason.get(reason) ?? { rows: 0, lines: [] };
    entry.rows += 1;
    if (entry.lines.length < N_EXAMPLE_LINES) entry.lines.push(line);
    this.#byReason.set(reason, entry);
  }

  get report(): ImportReport['skipped'] {
    return [...this.#byReason].map(([reason, entry]) => ({ reason, ...entry })).sort((a, b) => b.rows - a.rows);
  }
}
