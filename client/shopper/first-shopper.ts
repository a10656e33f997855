import type { Shoppers } from '../../shared/api/shoppers.ts';
import { getJson } from '../api/http.ts';
import { SHOPPERS } from '../api/shapes.ts';
import type { DeviceIdentity } from '../offline/device-identity.ts';

/** The page shows nothing while it waits for this. */
const PATIENCE_MS = 3_000;

async function askServer(): Promise<Shoppers> {
  return (await getJson('/shoppers', { signal: AbortSignal.timeout(PATIENCE_MS) }, SHOPPERS)).data;
}

/**
 * The shopper of the first visit: the device itself. A device without a token, which most servers would refuse, begins as
 * the first public shopper; as itself only where the server has none, or gives no answer.
 */
export async function firstShopper({ id, token }: DeviceIdentity, ask = askServer): Promise<string> {
  if (token !== null) return id;
  try {
    return (await ask()).public?.first ?? id;
  } catch (error) {
    console.error(error);
    return id;
  }
}
