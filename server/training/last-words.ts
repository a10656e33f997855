import { isSentence } from '../jobs/error-sentence.ts';

/** How an error begins that is printed with its stack: by `cli.ts`, by Node, or by the engine under it. */
const DUMP = /^(magpie: something went wrong|Uncaught |node:|FATAL ERROR|\w*Error\b)/;

/**
 * What a process of `magpie` said last for people. Null where it printed an error with its stack: the last line of that is
 * `}`, or a version number.
 */
export function lastSentence(lines: readonly string[]): string | null {
  if (lines.some((line) => DUMP.test(line))) return null;
  return lines.findLast((line) => /^\S/.test(line) && isSentence(line))?.replace(/^magpie: /, '') ?? null;
}
