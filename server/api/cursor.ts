import { ProblemError } from './problem.ts';

/** A place in a list, as text that clients hand back: base64url (RFC 4648, 5). */
export function encodeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** @throws ProblemError 404 where this server's lists give no such cursor. */
export function decodeCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (encodeCursor(place) !== cursor || place.includes('\0')) throw unknownCursor();
  return place;
}

/** What a cursor names was never in the list, or has been removed. */
export function unknownCursor(): ProblemError {
  return new ProblemError({
    title: 'The list has no such place',
    status: 404,
    detail: 'What the cursor names is not in this list, or no longer.',
    action: 'Ask without cursor, and go on by `next` of each answer.',
    errors: [{ path: 'cursor', message: 'is not a place of this list' }],
  });
}
