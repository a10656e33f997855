import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a key may do. `admin` may do everything that the operator may. */
export const SCOPES = ['recommendations:read', 'events:write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Bytes of randomness in every secret made here: keys, the operator's token, sign-in codes, sessions. */
const SECRET_BYTES = 24;

/** A new secret. The prefix says what it is to people, and to scanners that look for leaked secrets. */
export function newSecret(prefix: 'mgp' | 'mgo' | 'mgs'): string {
  return `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** What is stored of a secret: SHA-256, hex. Secrets carry 192 random bits, so that no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether two hashes are equal, in a time that does not tell where they differ. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/**
 * A device proves that a shopper is its own without an account: its user id is `d-` and the first 32 hex digits of the
 * SHA-256 of a secret that only it has, which it sends as a bearer token.
 */
export function deviceUserId(token: string): string {
  return `d-${hashSecret(token).slice(0, 32)}`;
}
