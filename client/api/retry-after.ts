/**
 * The wait that `Retry-After` asks for, in ms: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @param header null: there is none
 * @returns null where it asks for nothing that can be read
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // A date has the name of a month, and is in GMT, which its oldest form leaves out; `Date.parse` reads much else.
  const dateMs = /[A-Z][a-z]{2}/.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
