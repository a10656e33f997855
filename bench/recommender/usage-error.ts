/** A mistake on the command line: its message is printed in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
