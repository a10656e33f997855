import { LRUCache } from 'lru-cache';
import type { LinkedDevice, Store } from '../store/store.ts';

/** A device that is removed by another process is refused here within this time. */
const KEPT_MS = 500;
/** Devices that ask within that time. */
const MAX_KEPT = 10_000;
/** The last use of a device is written down at most this often. */
const LAST_USE_STEP_MS = 60_000;

/** What is known of a device: the one shopper that it may act for, or that it may act for none any more. */
export type DeviceStanding = { shopperId: string } | 'removed';

/** Whose each device is. A device that was never linked is its own shopper. */
export class LinkedDevices {
  readonly #links: Store['links'];
  readonly #now: () => number;
  readonly #kept = new LRUCache<string, Exclude<DeviceStanding, string> | { removed: true }>({
    max: MAX_KEPT,
    ttl: KEPT_MS,
  });

  constructor(links: Store['links'], now: () => number) {
    this.#links = links;
    this.#now = now;
  }

  /** As it stood at most half a second ago. */
  async standingOf(deviceId: string): Promise<DeviceStanding> {
    const kept = this.#kept.get(deviceId);
    if (kept !== undefined) return 'removed' in kept ? 'removed' : kept;
    return this.currentStandingOf(deviceId);
  }

  async currentStandingOf(deviceId: string): Promise<DeviceStanding> {
    const link = await this.#links.find(deviceId);
    if (link === 'removed') {
      this.#kept.set(deviceId, { removed: true });
      return 'removed';
    }
    if (link !== null) await this.#recordUse(link);
    const standing = { shopperId: link?.shopperId ?? deviceId };
    this.#kept.set(deviceId, standing);
    return standing;
  }

  /** To be called when this process has changed what holds of a device. */
  forget(deviceId: string): void {
    this.#kept.delete(deviceId);
  }

  async #recordUse({ deviceId, lastSeenAt }: LinkedDevice): Promise<void> {
    const now = this.#now();
    if (now - lastSeenAt.getTime() >= LAST_USE_STEP_MS) await this.#links.recordUse(deviceId, new Date(now));
  }
}
