/** Something on the command line that cannot be done; told in its one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
