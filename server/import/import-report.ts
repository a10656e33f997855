/** Why something of some rows could not be taken, with the first few of them. */
export interface RowReason {
  reason: string;
  rows: number;
  lines: number[];
  /** What stood in these lines, where that says more than the reason. */
  values?: string[];
}

/** What an import did, for people and as JSON. */
export interface ImportReport {
  rows: number;
  imported: number;
  /** Rows whose event was there already. */
  duplicates: number;
  /** Left out, by reason, with the lines of the first few. */
  skipped: RowReason[];
  products: number;
  /** Products that are imported without their price, by reason. */
  unpriced: RowReason[];
}

/** How many line numbers are kept of each reason. */
const N_EXAMPLE_LINES = 5;

/** A longer value is cut: it is shown to be found again. */
const MAX_VALUE_CHARACTERS = 40;

/** Counts what is left out, with a few examples of each reason: memory does not grow with the file. */
export class SkippedRows {
  readonly #byReason = new Map<string, Omit<RowReason, 'reason'>>();

  add(reason: string, line: number, value?: string): void {
    const entry = this.#byReason.get(reason) ?? { rows: 0, lines: [], ...(value !== undefined && { values: [] }) };
    entry.rows += 1;
    if (entry.lines.length < N_EXAMPLE_LINES) {
      entry.lines.push(line);
      if (value !== undefined) entry.values?.push(value.slice(0, MAX_VALUE_CHARACTERS));
    }
    this.#byReason.set(reason, entry);
  }

  get report(): ImportReport['skipped'] {
    return [...this.#byReason].map(([reason, entry]) => ({ reason, ...entry })).sort((a, b) => b.rows - a.rows);
  }
}
