/** Causes that are followed: an error of fetch stands two deep. */
const MAX_CAUSES = 3;

export interface ErrorFields {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFields;
}

/**
 * What a log keeps of an error. Further properties stay out: Redis's errors carry the command with its arguments, and
 * Postgres's the row, so that shoppers' data would stand in the log.
 */
export function serializeError(error: unknown): ErrorFields {
  return fieldsOf(error, MAX_CAUSES);
}

function fieldsOf(error: unknown, nCauses: number): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...('code' in error && { code: String(error.code) }),
    ...(stack !== undefined && { stack }),
    ...(cause instanceof Error && nCauses > 0 && { cause: fieldsOf(cause, nCauses - 1) }),
  };
}
