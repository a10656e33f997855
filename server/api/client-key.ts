import type { Context } from 'hono';
import { addressGroup } from '../access/client-address.ts';

/** What limits count a request by: the key, else the address. */
export function clientKey(c: Context): string {
  const caller = c.get('caller');
  return caller.kind === 'key' ? `key ${caller.id}` : `address ${addressGroup(c.get('client').address)}`;
}
