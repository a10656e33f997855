/**
 * Fields of log lines whose values are never written. Lines are flat; the paths with a dot are what would be logged by
 * mistake. No wildcards: those take three times as long as the rest of a line.
 */
export const SECRET_FIELDS = [
  ...['authorization', 'cookie', 'password', 'secret', 'token', 'bearer', 'user_id', 'userId'],
  ...['headers.authorization', 'headers.cookie', 'payload.user_id', 'payload.userId'],
];

/** Each leaves quotes and backslashes alone, so that a JSON line stays one. */
const SECRETS: readonly [pattern: RegExp, replacement: string][] = [
  // User and password in an address: redis://:password@host
  [/(\w:\/\/)[^\s/@"\\]+@/g, '$1[redacted]@'],
  [/\b(Bearer|Basic) +[^\s"\\]+/gi, '$1 [redacted]'],
  // Keys and tokens that Magpie hands out.
  [/\bmg[a-z]_[\w-]+/g, '[redacted]'],
  [/([?&](?:code|sig|token|key|secret|password|user_id)=)[^&\s"\\]+/gi, '$1[redacted]'],
];

/** Finds whatever one of them does, and more: most lines have nothing of the kind, and are read once instead of four times. */
const MAY_BE_SECRET = /:\/\/|bearer|basic|\bmg[a-z]_|[?&][a-z_]+=/i;

/** A line without what may be a secret, wherever it stands: in a message, an error's stack, a path. */
export function redactSecrets(line: string): string {
  if (!MAY_BE_SECRET.test(line)) return line;
  return SECRETS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
