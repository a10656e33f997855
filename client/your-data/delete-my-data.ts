import type { Schemas } from '../../shared/api-client/src/index.ts';
import { checked, deleteJson } from '../api/http.ts';
import { DELETION_RECEIPT } from '../api/shapes.ts';
import { forgetDevice } from '../offline/forget-device.ts';
import { withOutboxAtRest } from '../offline/outbox.ts';
import { loadSettings } from '../offline/settings.ts';

/** In `sessionStorage`: the page starts anew after a deletion, and shows the receipt then. */
const RECEIPT = 'magpie-deletion-receipt';

/**
 * Deletes the device's own shopper: on the server, then everything on this device. The server comes first, because only this
 * device's token can ask it. Nothing is sent meanwhile, so no event arrives after the deletion.
 *
 * @throws ApiError where the server did not delete its part: then this device keeps all of its own
 */
export async function deleteMyData(): Promise<void> {
  const { device } = await loadSettings();
  await withOutboxAtRest(async () => {
    // A server keeps nothing of a device that cannot prove itself.
    const receipt =
      device.token === null ? null : await deleteJson('/me', { query: { user_id: device.id } }, DELETION_RECEIPT);
    await forgetDevice();
    if (receipt !== null) sessionStorage.setItem(RECEIPT, JSON.stringify(receipt));
  });
}

/** The receipt of a deletion that the shopper has not closed yet; null: there is none. */
export function unreadReceipt(): Schemas['DeletionReceipt'] | null {
  const kept = sessionStorage.getItem(RECEIPT);
  return kept === null ? null : checked(DELETION_RECEIPT, JSON.parse(kept));
}

export function closeReceipt(): void {
  sessionStorage.removeItem(RECEIPT);
}
