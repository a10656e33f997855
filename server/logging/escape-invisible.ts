/** What JSON lets stand in a string though terminals obey it or show nothing: DEL, C1, separators of lines, format characters. */
const INVISIBLE = /[\u007F-\u009F\u2028\u2029\p{Cf}]/gu;

/** A line of JSON that says the same and has nothing unseen in it: paths and shops' texts stand in logs. */
export function escapeInvisible(line: string): string {
  return line.replace(INVISIBLE, (character) => character.split('').map(escaped).join(''));
}

/** @param unit of UTF-16, as JSON escapes (RFC 8259, 7). */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
