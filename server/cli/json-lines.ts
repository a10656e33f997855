import { OperatorError } from '../operator-error.ts';
import { printJson } from './output.ts';

/** A longer line is no question: it is skipped rather than held in memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Answers each JSON object on stdin, one per line, with one line on stdout; empty lines are skipped, unknown keys are the
 * caller's to ignore. A line that cannot be answered gets `{"error": "…"}` in its place and a line on stderr that names
 * it; the lines after it are answered all the same, and the command exits with 1.
 *
 * @param answer throws a OperatorError that says what the object lacks.
 */
export async function answerJsonLines(
  answer: (row: Record<string, unknown>) => object,
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<void> {
  let line = 0;
  for await (const text of linesOf(input)) {
    line += 1;
    if (text?.trim() === '') continue;
    try {
      if (text === null) throw new OperatorError(`it is longer than ${MAX_LINE_BYTES / 1024 ** 2} MiB`);
      printJson(answer(parseObject(text)));
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      printJson({ error: error.message });
      process.stderr.write(`magpie: line ${line} of the input: ${error.message}\n`);
      process.exitCode = 1;
    }
  }
}

/** The lines of a stream of UTF-8, without their ends; null for one that is too long. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let lengthBytes = 0;
  const take = (part: Uint8Array): void => {
    lengthBytes += part.length;
    if (lengthBytes > MAX_LINE_BYTES) parts = [];
    else parts.push(part);
  };
  const line = (): string | null => {
    const text = lengthBytes > MAX_LINE_BYTES ? null : decoder.decode(Buffer.concat(parts));
    parts = [];
    lengthBytes = 0;
    return text;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (lengthBytes > 0) yield line();
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new OperatorError('it is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OperatorError('it is not a JSON object');
  }
  return value as Record<string, unknown>;
}
