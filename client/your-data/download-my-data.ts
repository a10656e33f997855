import type { Schemas } from '../../shared/api-client/src/index.ts';
import { ApiError, getJson } from '../api/http.ts';
import { EXPORTED_SHOPPER } from '../api/shapes.ts';
import { type DeviceData, readDeviceData } from '../offline/device-data.ts';

/** The browser has begun to write the file long before. */
const WRITING_MS = 60_000;

/** The file that a shopper gets. */
interface MyData {
  format: 'magpie-my-data-1';
  /** ISO 8601 instant. */
  exported_at: string;
  server: Schemas['ExportedShopper'] | null;
  /** Why the server's part is missing; null: it is there. */
  server_missing_because: string | null;
  device: DeviceData;
}

/**
 * Saves what the server and this device keep of the device's own shopper as one file. Where the server does not give its
 * part, the file has the device's.
 *
 * @returns what happened, for people
 */
export async function downloadMyData(): Promise<string> {
  const device = await readDeviceData();
  const exportedAt = new Date().toISOString();
  const data: MyData = {
    format: 'magpie-my-data-1',
    exported_at: exportedAt,
    ...(await serverPart(device.device_id)),
    device,
  };
  const name = `magpie-my-data-${exportedAt.slice(0, 10)}.json`;
  saveFile(name, JSON.stringify(data, null, 2));
  if (data.server_missing_because === null) return `Saved as ${name}.`;
  return `Saved as ${name}, with only what this device holds. The server’s part is missing: ${data.server_missing_because}`;
}

async function serverPart(deviceId: string): Promise<Pick<MyData, 'server' | 'server_missing_because'>> {
  try {
    const { data } = await getJson('/me/export', { query: { user_id: deviceId } }, EXPORTED_SHOPPER);
    return { server: data, server_missing_because: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The advice for pages that cannot load does not fit here.
    const why = error.kind === 'unreachable' ? `${error.title}.` : `${error.title}. ${error.detail}`;
    return { server: null, server_missing_because: why };
  }
}

function saveFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), WRITING_MS);
}
