import { ProblemError, validationProblemOf } from './problem.ts';

/** A place in a list, as text that clients hand back: base64url (RFC 4648, 5). */
export function encodeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** @throws ProblemError 400 where this server's lists give no such cursor. */
export function decodeCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (encodeCursor(place) !== cursor || place.includes('\0')) throw invalidCursor();
  return place;
}

export function invalidCursor(): ProblemError {
  return new ProblemError(
    validationProblemOf([{ path: 'cursor', message: 'is not a cursor of this list: take `next` of its last answer' }]),
  );
}
