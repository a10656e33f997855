import { describe, expect, test } from 'vitest';
import { deviceId, newDeviceIdentity } from './device-identity.ts';

describe('the identity of a device', () => {
  test('the id is derived from the token as the server derives it: SHA-256, first 32 hex digits', async () => {
    // FIPS 180-2, appendix B.1
    expect(await deviceId('abc')).toBe('d-ba7816bf8f01cfea414140de5dae2223');
  });

  test('no two devices are alike', async () => {
    const [one, other] = [await newDeviceIdentity(), await newDeviceIdentity()];
    expect(one.id).not.toBe(other.id);
    expect(one.token).toHaveLength(64);
    expect(await deviceId(one.token ?? '')).toBe(one.id);
  });
});
