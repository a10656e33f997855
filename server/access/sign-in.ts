import type { Store } from '../store/store.ts';
import { hashSecret, newSecret } from './credentials.ts';

/** A code is followed from the terminal right after the start; a link that lies around longer is of no use to others. */
const CODE_LIFETIME_MS = 15 * 60_000;
/** A browser that was signed in by a code stays so for a month. */
export const SESSION_LIFETIME_MS = 30 * 24 * 3_600_000;
/** Name of the cookie. Not `__Host-…`: browsers keep such a cookie over HTTPS only, and loopback is plain HTTP. */
export const SESSION_COOKIE = 'magpie_session';

/**
 * Signs the operator's browser in without typing a token: the link that a server on loopback prints carries a code that
 * works once, in the process that printed it, and is swapped for a session.
 */
export class SignIn {
  readonly #store: Store;
  readonly #codes = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A new code, valid once and for 15 minutes. */
  newCode(now = Date.now()): string {
    const code = newSecret('mgs');
    this.#codes.set(hashSecret(code), now + CODE_LIFETIME_MS);
    return code;
  }

  /** Swaps a code for the secret of a new session; null for a code that is unknown, used or too old. */
  async redeem(code: string, now = Date.now()): Promise<string | null> {
    const hash = hashSecret(code);
    const expiresAt = this.#codes.get(hash);
    this.#codes.delete(hash);
    if (expiresAt === undefined || expiresAt < now) return null;
    const session = newSecret('mgs');
    await this.#store.sessions.add({
      hash: hashSecret(session),
      createdAt: new Date(now),
      expiresAt: new Date(now + SESSION_LIFETIME_MS),
    });
    return session;
  }

  async isSignedIn(session: string, now = Date.now()): Promise<boolean> {
    const kept = await this.#store.sessions.find(hashSecret(session));
    return kept !== null && kept.expiresAt.getTime() > now;
  }

  async signOut(session: string): Promise<void> {
    await this.#store.sessions.remove(hashSecret(session));
  }
}
