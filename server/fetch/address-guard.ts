import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchError, type FetchErrorReason } from './fetch-error.ts';

/** May the fetcher go there? The reason is from the fetcher's closed list, the message for people. */
export type UrlVerdict =
  | { allowed: true; reason: null }
  | { allowed: false; reason: FetchErrorReason; message: string };

/**
 * HTTP's own ports and the two that are customary for it. Everything else on a public host is more likely a service
 * that was never meant to be talked to by a fetcher (mail, databases, admin consoles).
 */
const ALLOWED_PORTS = new Set(['', '80', '443', '8080', '8443']);

/**
 * Names that never lead to the public internet (RFC 6761, 6762, 8375; ICANN's `.internal`), and the well-known DNS
 * zones that exist to spell private addresses. They are refused before any lookup; what decides in the end is the
 * address that the connection's own lookup returns.
 */
const PRIVATE_ZONES = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'home.arpa',
  'nip.io',
  'sslip.io',
  'xip.io',
  'localtest.me',
  'lvh.me',
];

/** Inside Azure, this public address is the machine's own configuration service ("WireServer"). */
const AZURE_WIRE_SERVER = '168.63.129.16';

/**
 * Judges a URL without any lookup: form, scheme, credentials, port, and the address where the host is a literal. The
 * WHATWG parser has by then turned every notation (`0x7f.1`, `2130706433`, `０１７７.0.0.1`) into the plain one.
 * A name's addresses are judged when the connection is made (`guarded-connector.ts`).
 * @param allowedOrigins exact origins (`http://127.0.0.1:4001`) that are allowed whatever their address and port.
 */
export function checkUrl(text: string, allowedOrigins: ReadonlySet<string> = new Set()): UrlVerdict {
  if (!URL.canParse(text)) return refuse('invalid_url', `"${shorten(text)}" is not an absolute URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('unsupported_scheme', `${url.protocol} is not fetched, only http: and https: are`);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('credentials_in_url', `the URL carries a user name or password for ${url.host}`);
  }
  if (allowedOrigins.has(url.origin)) return { allowed: true, reason: null };
  if (!ALLOWED_PORTS.has(url.port)) {
    return refuse('blocked_port', `port ${url.port} of ${url.hostname} is not one where shops answer`);
  }
  return checkHost(url.hostname);
}

function checkHost(hostname: string): UrlVerdict {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) {
    const range = privateRange(host);
    return range === null ? { allowed: true, reason: null } : refuse('blocked_address', blockedMessage(host, range));
  }
  if (!host.includes('.') || PRIVATE_ZONES.some((zone) => host === zone || host.endsWith(`.${zone}`))) {
    return refuse('blocked_address', `${host} is a name of private networks, not of the public internet`);
  }
  return { allowed: true, reason: null };
}

/**
 * The special range that keeps an address from being fetched (`loopback`, `private`, `linkLocal`, …), or null when it
 * is public unicast. Addresses that wrap an IPv4 address are judged by what they wrap. Only `unicast` passes: a range
 * that is set aside tomorrow is refused once ipaddr.js knows it, not once it is listed here.
 */
export function privateRange(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'unparsable';
  const parsed = ipaddr.parse(address);
  const wrapped = parsed instanceof ipaddr.IPv6 ? wrappedIPv4(parsed) : [];
  for (const inner of wrapped) {
    const range = privateRange(inner.toString());
    if (range !== null) return range;
  }
  if (parsed.toString() === AZURE_WIRE_SERVER) return 'metadata';
  if (wrapped.length > 0) return null;
  return parsed.range() === 'unicast' ? null : parsed.range();
}

/** The IPv4 addresses that a packet to this IPv6 address ends up at: mapped, NAT64, 6to4, Teredo, IPv4-compatible. */
function wrappedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray();
  const at = (offset: number, mask = 0) => new ipaddr.IPv4(bytes.slice(offset, offset + 4).map((byte) => byte ^ mask));
  const isIn = (prefix: string) => address.match(ipaddr.IPv6.parseCIDR(prefix));
  if (isIn('::ffff:0:0/96')) return [at(12)]; // RFC 4291, 2.5.5.2
  if (isIn('64:ff9b::/96')) return [at(12)]; // RFC 6052: what DNS64 answers on IPv6-only networks
  if (isIn('2002::/16')) return [at(2)]; // RFC 3056
  if (isIn('2001::/32')) return [at(4), at(12, 0xff)]; // RFC 4380: the server, and the client with its bits inverted
  // RFC 4291, 2.5.5.1, deprecated. `::` and `::1` lie here too and come out as 0.0.0.0/8.
  if (isIn('::/96')) return [at(12)];
  return [];
}

/** The refusal as the error that the fetcher throws. */
export function refusalError(verdict: Extract<UrlVerdict, { allowed: false }>, url: string): FetchError {
  return new FetchError(verdict.reason, `Not fetched: ${verdict.message}.`, { url });
}

export function blockedMessage(address: string, range: string): string {
  return `${address} is not a public address (${range})`;
}

function refuse(reason: FetchErrorReason, message: string): UrlVerdict {
  return { allowed: false, reason, message };
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
