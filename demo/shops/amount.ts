/** An amount of minor units (two decimals) with the marks of a country, e.g. (129900, '.', ',') → `1.299,00`. */
export function amountText(minor: number, group: string, decimal: string): string {
  const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  return `${whole}${decimal}${String(minor % 100).padStart(2, '0')}`;
}

/** As machines write it: `1299.00`. */
export const plainAmount = (minor: number): string => amountText(minor, '', '.');
