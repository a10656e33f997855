import { createHmac } from 'node:crypto';

/** Bytes of a hash: as many as keep any two addresses apart. */
const HASH_BYTES = 16;

/**
 * Names address groups in the database by a keyed hash (HMAC-SHA-256, RFC 2104): the same address is recognised, and who
 * reads the database without the secret learns none.
 * @param secret that lies outside the database.
 */
export function addressHasher(secret: string): (group: string) => string {
  return (group) =>
    createHmac('sha256', secret)
      .update(`address group\n${group}`)
      .digest()
      .subarray(0, HASH_BYTES)
      .toString('base64url');
}
