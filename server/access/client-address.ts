import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyaddr from 'proxy-addr';
import { isLoopback, isLoopbackAddress } from './loopback.ts';

/** Who sent a request, as far as the network tells. */
export interface ClientAddress {
  /** The client's address: of the peer, or what a trusted proxy says. */
  address: string;
  /** Whether somebody forwarded the request, trusted or not. */
  forwarded: boolean;
}

const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Reads the client's address off a request. `X-Forwarded-For` counts only from trusted proxies, from the right: what a
 * client itself writes there is never believed.
 * @param trustedProxies addresses, CIDR ranges, or `loopback`, `linklocal`, `uniquelocal`.
 */
export function clientAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => ClientAddress {
  const trusts = proxyaddr.compile([...trustedProxies]);
  return (request) => ({
    address: proxyaddr(request, trusts) ?? '',
    forwarded: FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined),
  });
}

/** How a server is reached. */
export interface Listening {
  /** What it listens on. */
  host: string;
  /** Whether a proxy stands before it, so that a peer on this machine says nothing about who asks. */
  behindProxy: boolean;
}

/** Whether a request comes from this machine itself, to a server that only this machine reaches. */
export function isLocalRequest({ host, behindProxy }: Listening, { address, forwarded }: ClientAddress): boolean {
  return isLoopback(host) && !behindProxy && !forwarded && isLoopbackAddress(address);
}

/**
 * What limits count by: an IPv4 address, or the /64 of an IPv6 one, since a single customer has all of that
 * (RFC 6177, section 2). A mapped IPv4 address counts as what it is.
 */
export function addressGroup(address: string): string {
  // Some proxies add the port of the client.
  const [, bare = address] = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(address)?.filter(Boolean) ?? [];
  if (!ipaddr.isValid(bare)) return 'unknown';
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const prefix = parsed.toByteArray().slice(0, 8);
  return `${ipaddr.fromByteArray([...prefix, ...new Array<number>(8).fill(0)]).toString()}/64`;
}
