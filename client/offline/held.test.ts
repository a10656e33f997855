import { expect, test } from 'vitest';
import { mayLeave } from './held.ts';

const DEVICE = `d-${'a'.repeat(32)}`;
const FORMER = `d-${'b'.repeat(32)}`;

test.each([
  ['the device’s own, with sync on', DEVICE, true, true],
  ['the device’s own, with sync off', DEVICE, false, false],
  // The site's data were deleted in another tab: this page still writes as the device that it was, and sync is forgotten.
  ['of the device that this was before its data were deleted, with sync off', FORMER, false, false],
  ['of the device that this was before, with sync on for the new one', FORMER, true, false],
  ['of a public shopper, with sync off', '123', false, true],
])('%s', (_, userId, sync, leaves) => {
  expect(mayLeave(userId, { deviceId: DEVICE, sync })).toBe(leaves);
});
