/** Ids of devices' own shoppers. Public shoppers have others. */
const OWN_SHOPPER = /^d-[0-9a-f]{32}$/;

/**
 * Whether events of a shopper may go to the server: those of public shoppers always, those of a device's own only while sync
 * is known to be on for that very device. Where the settings are lost, as when the site's data are deleted while a page is open,
 * neither is known, and they stay.
 */
export function mayLeave(userId: string, { deviceId, sync }: { deviceId: string; sync: boolean }): boolean {
  return !OWN_SHOPPER.test(userId) || (sync && userId === deviceId);
}
