/**
 * A shopper without an account. The API knows the device by `id`; `token` proves it, and leaves this device only as a
 * bearer token to its own server.
 */
export interface DeviceIdentity {
  /**
   * `d-` and the first 32 hex digits of the token's SHA-256: the server derives it from the token in the same way. Another
   * shopper's where the device was linked to them.
   */
  id: string;
  /** null in an insecure context, which has no SHA-256: the device can prove nothing. */
  token: string | null;
}

const TOKEN_BYTES = 32;
const ID_HEX_DIGITS = 32;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function randomHex(nBytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(nBytes)));
}

export async function deviceId(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return `d-${hex(new Uint8Array(hash)).slice(0, ID_HEX_DIGITS)}`;
}

export async function newDeviceIdentity(): Promise<DeviceIdentity> {
  if (!('subtle' in crypto)) return { id: `d-${randomHex(ID_HEX_DIGITS / 2)}`, token: null };
  const token = randomHex(TOKEN_BYTES);
  return { id: await deviceId(token), token };
}
