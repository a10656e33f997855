/**
 * Words as the search compares them: letters and digits only, lower case, without accents ("Crème Brûlée 2-er" →
 * `creme brulee 2 er`; ß becomes ss). Thus one plain `LIKE` finds the same on SQLite and Postgres, and no word holds
 * one of LIKE's wildcards.
 */
export function searchWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The form kept beside a product: each word between blanks, so that `% word%` finds where a word starts. */
export function searchText(...texts: (string | null)[]): string {
  return ` ${searchWords(texts.filter((text) => text !== null).join(' ')).join(' ')} `;
}
