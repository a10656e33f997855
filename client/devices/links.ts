import { queryOptions } from '@tanstack/react-query';
import type { Schemas } from '../../shared/api-client/src/index.ts';
import { deleteJson, getJson, postJson } from '../api/http.ts';
import { LINK_CODE, LINKED, LINKED_DEVICES } from '../api/shapes.ts';
import { adoptShopper } from '../offline/adopt-shopper.ts';
import { loadSettings, readKept, writeKept } from '../offline/settings.ts';
import { deviceName } from './device-name.ts';

/** In `localStorage`: this device has been linked, or has shown a code, so that others may add to its shopper. */
const MAY_BE_LINKED = 'magpie-may-be-linked';

export function mayBeLinked(): boolean {
  return readKept(MAY_BE_LINKED) !== null;
}

const thisDevice = () => ({ device_name: deviceName(navigator.userAgent) });

/** Asked anew while the list is shown: another device may join meanwhile. */
const REFRESH_MS = 5_000;

export const linkedDevicesQuery = queryOptions({
  queryKey: ['linked-devices'],
  queryFn: async ({ signal }) => (await getJson('/devices', { signal }, LINKED_DEVICES)).data,
  refetchInterval: REFRESH_MS,
  retry: false,
});

/** @throws ApiError */
export async function newCode(kind: 'link' | 'recovery'): Promise<Schemas['LinkCode']> {
  const path = kind === 'link' ? '/devices/codes' : '/devices/recovery-code';
  const code = await postJson(path, { body: thisDevice() }, LINK_CODE);
  writeKept(MAY_BE_LINKED, '1');
  return code;
}

/** Makes this device one of the shopper's whose code it is. The page is to be loaded again. @throws ApiError */
export async function joinByCode(code: string): Promise<void> {
  const userId = await postJson('/devices/link', { body: { code, ...thisDevice() } }, LINKED)
    .then((linked) => linked.user_id)
    // The answer of an earlier try may have been lost: the code is used, and this device is linked.
    .catch(async (error: unknown) => (await linkedMeanwhile()) ?? Promise.reject(error));
  await adoptShopper(userId);
  writeKept(MAY_BE_LINKED, '1');
}

async function linkedMeanwhile(): Promise<string | null> {
  const { device } = await loadSettings();
  const { data } = await getJson('/devices', {}, LINKED_DEVICES);
  return data.user_id === device.id ? null : data.user_id;
}

/** @returns the devices that are left @throws ApiError */
export function removeDevice(id: string): Promise<Schemas['LinkedDevices']> {
  return deleteJson('/devices/{id}', { path: { id } }, LINKED_DEVICES);
}
