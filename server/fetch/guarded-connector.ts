import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { blockedMessage, privateRange } from './address-guard.ts';

/** A connection that was not made because its address is not public. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
}

export interface ConnectorOptions {
  /** Exact origins that may be connected to whatever their address: the running shops, and `MAGPIE_ALLOWED_ORIGINS`. */
  allowedOrigins: ReadonlySet<string>;
  lookup: LookupFunction;
  connectTimeoutMs: number;
}

/**
 * Opens undici's connections, and refuses those whose address is not public. The check sits inside the connection's
 * own lookup: the addresses that were judged are the ones that are connected to, so a name that answers differently
 * the second time (DNS rebinding) gains nothing. A lookup is not asked for address literals; those are judged here.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  // HTTP/1.1 only: hosts are asked one request at a time, so multiplexing brings nothing.
  const common = { timeout: options.connectTimeoutMs, allowH2: false };
  const unguarded = buildConnector({ ...common, lookup: options.lookup });
  const guarded = buildConnector({ ...common, lookup: publicOnly(options.lookup) });
  return (target, callback) => {
    if (options.allowedOrigins.has(`${target.protocol}//${target.host}`)) return unguarded(target, callback);
    const range = isIP(target.hostname) === 0 ? null : privateRange(target.hostname);
    if (range !== null) return callback(new BlockedAddressError(blockedMessage(target.hostname, range)), null);
    return guarded(target, callback);
  };
}

/** A lookup that fails when any of a name's addresses is not public: a mixed answer is how rebinding starts. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      const found: LookupAddress[] = typeof address === 'string' ? [{ address, family: family ?? 0 }] : (address ?? []);
      const blocked = error === null ? firstBlocked(hostname, found) : null;
      if (blocked === null) callback(error, address, family);
      else callback(blocked, '', 0);
    });
  };
}

function firstBlocked(hostname: string, found: LookupAddress[]): BlockedAddressError | null {
  for (const { address } of found) {
    const range = privateRange(address);
    if (range !== null)
      return new BlockedAddressError(`${hostname} leads to ${address}, which is not public (${range})`);
  }
  return null;
}

/**
 * Judges a name before a request goes through a proxy, which does its own lookup. A name that only the proxy can
 * resolve passes, and one that it resolves differently is the proxy's to refuse.
 * @throws BlockedAddressError
 */
export async function assertPublicName(hostname: string, lookup: LookupFunction): Promise<void> {
  if (isIP(hostname) !== 0) return;
  const found = await new Promise<LookupAddress[]>((resolve) => {
    lookup(hostname, { all: true }, (error, address) => {
      resolve(error !== null || typeof address === 'string' ? [] : address);
    });
  });
  const blocked = firstBlocked(hostname, found);
  if (blocked !== null) throw blocked;
}
