/** GS1 prefixes from 400 up to here belong to GS1 Germany; see {@link companyPrefix}. */
const FIRST_GS1_PREFIX = 400;
const GS1_PREFIXES = 41;

/**
 * Seven digits for the n-th invented brand. They look like German company prefixes (400–440), so that software meets ordinary
 * numbers, not the restricted 2xx range that it may refuse. They are invented: nothing says that they are unassigned.
 */
export function companyPrefix(brandIndex: number): string {
  const gs1 = FIRST_GS1_PREFIX + (brandIndex % GS1_PREFIXES);
  return `${gs1}${String(1009 + brandIndex * 37).padStart(4, '0')}`;
}

/** The GTIN-13 of an item: company prefix (7 digits), item reference (5 digits), check digit (GS1 General Specifications, 7.9). */
export function gtin13(prefix: string, itemReference: number): string {
  const digits = prefix + String(itemReference).padStart(5, '0');
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return digits + String((10 - (sum % 10)) % 10);
}
