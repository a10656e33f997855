/**
 * Whether databases keep a text as it is: Postgres refuses NUL, and with it all that is kept in the same transaction; SQLite
 * takes it; half of a surrogate pair becomes U+FFFD in both.
 */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The name of a record's first field that databases do not keep as it is; null: there is none. */
export function unstorableField(record: object): string | null {
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === 'string' && !isStorable(value)) return name;
  }
  return null;
}
