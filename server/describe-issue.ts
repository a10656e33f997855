import type { z } from 'zod';

/** An issue in words that a caller of the API knows, not the validator's. */
export function describeIssue({ code, message }: z.core.$ZodIssue): string {
  if (code !== 'invalid_type') return message;
  if (message.endsWith('received undefined')) return 'is missing';
  return message.replace(/^Invalid input: expected (\w+), received .*$/, 'is not a $1');
}
