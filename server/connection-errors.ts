/** What the system says of a connection that cannot be made, or has broken. */
const CONNECTION_ERROR_CODES: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether the system could not make the connection, or it broke. */
export function isConnectionError(error: Error): boolean {
  return 'code' in error && CONNECTION_ERROR_CODES.has(error.code);
}
