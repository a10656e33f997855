/** A day as the shopper's language writes it, e.g. `22 Nov 2026`. */
export function formatDay(moment: number | string): string {
  return new Date(moment).toLocaleDateString(undefined, { dateStyle: 'medium' });
}
