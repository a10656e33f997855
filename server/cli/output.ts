import { createInterface } from 'node:readline';

/** An error whose message is meant for the person at the terminal: one line that says what happened and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** One JSON object per line on stdout, the form that scripts read with `--json`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * Objects read from stdin, one JSON object per line; empty lines are skipped, unknown keys are the caller's to ignore.
 * @throws CliError that names the line which is not a JSON object.
 */
export async function* readJsonLines(
  input: NodeJS.ReadableStream = process.stdin,
): AsyncGenerator<Record<string, unknown>> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    yield parseObject(text, line);
  }
}

function parseObject(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError(`line ${line} of the input is not JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError(`line ${line} of the input is not a JSON object`);
  }
  return value as Record<string, unknown>;
}
