import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { deviceUserId, hashSecret, sameHash } from './credentials.ts';
import { LinkedDevices } from './linked-devices.ts';
import type { SignIn } from './sign-in.ts';

/** The last use of a key is written down at most this often. */
const LAST_USE_STEP_MS = 60_000;

export interface AccessParts {
  store: Store;
  signIn: SignIn;
  /** The operator's token as it stands in its file. */
  operatorToken: string;
  now?: () => number;
}

/** Credentials as a request carries them. */
export interface Credentials {
  /** From `Authorization: Bearer …`. */
  bearer: string | null;
  /** From the session cookie. */
  session: string | null;
}

/** Tells who asks. One rule for every address that the server listens on: what is not proven is anonymous. */
export class Access {
  readonly #store: Store;
  readonly #signIn: SignIn;
  readonly #operatorHash: string;
  readonly #now: () => number;
  /** Whose the devices are that ask. */
  readonly devices: LinkedDevices;
  /** Public shoppers met so far. One that is public stays so; whether another has become public is asked each time. */
  readonly #knownPublic = new Set<string>();

  constructor({ store, signIn, operatorToken, now = Date.now }: AccessParts) {
    this.#store = store;
    this.#signIn = signIn;
    this.#operatorHash = hashSecret(operatorToken);
    this.#now = now;
    this.devices = new LinkedDevices(store.links, now);
  }

  async identify({ bearer, session }: Credentials): Promise<Caller> {
    if (bearer !== null) return this.#bearer(bearer);
    if (session === null) return { kind: 'anonymous', refusal: null };
    if (await this.#signIn.isSignedIn(session, this.#now())) return { kind: 'operator', by: 'session' };
    return { kind: 'anonymous', refusal: 'ended session' };
  }

  async #bearer(bearer: string): Promise<Caller> {
    const hash = hashSecret(bearer);
    if (sameHash(hash, this.#operatorHash)) return { kind: 'operator', by: 'token' };
    // Only what was handed out begins so; any other secret is a device's own.
    if (!/^mg[a-z]_/.test(bearer)) return this.#device(deviceUserId(bearer));
    const key = await this.#store.keys.findByHash(hash);
    const now = this.#now();
    if (key === null) return { kind: 'anonymous', refusal: 'unknown key' };
    if (key.revokedAt !== null) return { kind: 'anonymous', refusal: 'revoked key' };
    if (key.expiresAt !== null && key.expiresAt.getTime() <= now) return { kind: 'anonymous', refusal: 'expired key' };
    if (key.lastUsedAt === null || now - key.lastUsedAt.getTime() >= LAST_USE_STEP_MS) {
      await this.#store.keys.recordUse(key.id, new Date(now));
    }
    return { kind: 'key', id: key.id, name: key.name, scopes: key.scopes };
  }

  async #device(deviceId: string): Promise<Caller> {
    const standing = await this.devices.standingOf(deviceId);
    if (standing === 'removed') return { kind: 'anonymous', refusal: 'removed device' };
    return { kind: 'device', deviceId, userId: standing.shopperId };
  }

  /**
   * Whether a device may act under an id that is not the one that its requests are answered for: an earlier id of its
   * shopper, which an outbox still names, or one that it has had for less time than answers are kept.
   * @returns the shopper that the id stands for; null: another's.
   */
  async ownUnderOtherId(deviceId: string, userId: string): Promise<string | null> {
    const standing = await this.devices.currentStandingOf(deviceId);
    if (standing === 'removed') return null;
    return (await this.#store.links.currentId(userId)) === standing.shopperId ? standing.shopperId : null;
  }

  /** Whether a shopper's data may be read and written by everybody: only the demo's invented shoppers. */
  async isPublicShopper(userId: string): Promise<boolean> {
    if (this.#knownPublic.has(userId)) return true;
    if (!(await this.#store.publicShoppers.has(userId))) return false;
    this.#knownPublic.add(userId);
    return true;
  }

  /** Whether the shopper is a device's, which has written before. */
  isDevice(userId: string): Promise<boolean> {
    return this.#store.devices.has(userId);
  }

  /** @param addressHash the address group from which it first writes, as the database names it. */
  async addDevice(userId: string, addressHash: string): Promise<void> {
    await this.#store.devices.add({ userId, addressGroup: addressHash, createdAt: new Date(this.#now()) });
  }
}
