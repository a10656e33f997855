/** An error whose message is meant for the person at the terminal: one line that says what happened and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** One JSON object per line on stdout, the form that scripts read with `--json`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
