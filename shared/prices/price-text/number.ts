/** A number as it stands in the text: `1.234,50` is the digits 1, 234, 50 and the separators `.` and `,`. */
export interface WrittenNumber {
  /** Runs of digits; the first may be empty (`.75`). */
  readonly digits: readonly string[];
  /** What stands between the runs; one fewer than `digits`. */
  readonly separators: readonly string[];
}

export interface NumberConventions {
  /** The decimal separator where it is known for sure. */
  decimalSeparator?: string | null | undefined;
  /** The amount is in a currency of three decimals, so that `12.345` is no grouping. */
  threeDecimals?: boolean;
}

/** No price has more digits before the point; longer numbers are codes. */
const MAX_WHOLE_DIGITS = 15;

/**
 * The value of a written number as a decimal string (digits and at most one dot), or null when its separators fit no
 * convention (dates, version numbers, lists).
 *
 * Of two kinds of separator the last is the decimal one. One separator alone before exactly three digits groups
 * thousands, since shops write thousands far more often than tenths of a cent; before any other count it is decimal.
 */
export function decimalValue(number: WrittenNumber, conventions: NumberConventions = {}): string | null {
  const split = decimalPosition(number, conventions);
  if (split === null) return null;
  const { digits, separators } = number;
  const whole = digits.slice(0, split);
  if (conventions.decimalSeparator == null && !isGrouped(whole, separators.slice(0, split - 1))) return null;
  return canonical(whole.join(''), digits.slice(split).join(''));
}

/** Whether the number is written as prices are: with two decimals, or with thousands set apart. */
export function hasPriceShape({ digits, separators }: WrittenNumber): boolean {
  return separators.length > 0 && (digits.at(-1)!.length === 2 || digits.at(-1)!.length === 3);
}

function canonical(whole: string, fraction: string): string | null {
  const stripped = whole.replace(/^0+(?=\d)/, '');
  if (stripped.length > MAX_WHOLE_DIGITS || fraction.length > MAX_WHOLE_DIGITS) return null;
  return fraction === '' ? stripped : `${stripped === '' ? '0' : stripped}.${fraction}`;
}

/** How many runs of digits stand before the decimal separator; null for "no convention fits". */
function decimalPosition(number: WrittenNumber, conventions: NumberConventions): number | null {
  const { digits, separators } = number;
  const known = conventions.decimalSeparator;
  if (known != null) {
    const at = separators.findIndex((separator) => sameSeparator(separator, known));
    if (at === -1) return digits.length;
    const repeated = separators.indexOf(separators[at]!, at + 1) !== -1;
    return repeated ? null : at + 1;
  }
  const last = separators.at(-1);
  if (last === undefined) return digits.length;
  if (last === '٫') return digits.length - 1;
  if (last === ' ' || last === '٬') return digits.length;
  const alone = separators.indexOf(last) === separators.length - 1;
  if (!alone) return digits.length;
  const fraction = digits.at(-1)!;
  if (last === "'") return fraction.length === 2 && digits.length === 2 ? 1 : digits.length;
  if (separators.length > 1) return digits.length - 1;
  const first = digits[0]!;
  const groupsThousands =
    fraction.length === 3 && first.length <= 3 && !/^0*$/.test(first) && conventions.threeDecimals !== true;
  return groupsThousands ? 2 : 1;
}

/** Thousands (1,234,567) or the Indian system (12,34,567), with one separator throughout. */
function isGrouped(groups: readonly string[], separators: readonly string[]): boolean {
  if (groups.length === 1) return true;
  if (separators.some((separator) => separator !== separators[0])) return false;
  const first = groups[0]!;
  const middle = groups.slice(1, -1);
  if (first === '' || groups.at(-1)!.length !== 3) return false;
  if (first.length <= 3 && middle.every((group) => group.length === 3)) return true;
  return first.length <= 2 && middle.every((group) => group.length === 2);
}

function sameSeparator(a: string, b: string): boolean {
  return a === b || (a === '٫' && b === ',');
}

/** The amount times 10^`exponent` (which may be negative), exactly. */
export function shiftDecimal(amount: string, exponent: number): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = whole.padStart(1 - exponent, '0') + fraction.padEnd(exponent, '0');
  const point = Math.max(whole.length, 1 - exponent) + exponent;
  const moved = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  return point === digits.length ? moved : `${moved}.${digits.slice(point)}`;
}

/** Order of two decimal strings without a sign. */
export function compareDecimals(a: string, b: string): number {
  const [wholeA = '', fractionA = ''] = a.split('.');
  const [wholeB = '', fractionB = ''] = b.split('.');
  if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length;
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
  const length = Math.max(fractionA.length, fractionB.length);
  const paddedA = fractionA.padEnd(length, '0');
  const paddedB = fractionB.padEnd(length, '0');
  if (paddedA === paddedB) return 0;
  return paddedA < paddedB ? -1 : 1;
}
