/** An error that its operator can mend: the message is one line that says what happened and what to do, shown without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
