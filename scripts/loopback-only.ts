/**
 * Loaded into every Node process of `npm test` (by NODE_OPTIONS, so into their children and threads as well): names are
 * not resolved and connections not made but to this machine. Each attempt is written to the file that
 * MAGPIE_TEST_EGRESS_LOG names, which fails the run, because a test may well swallow the error.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const log = process.env['MAGPIE_TEST_EGRESS_LOG'];

function isOwn(host: string): boolean {
  if (host === '' || host === 'localhost' || host.endsWith('.localhost')) return true;
  const address = host.replace(/^\[|\]$/g, '');
  return net.isIPv4(address)
    ? address.startsWith('127.') || address === '0.0.0.0'
    : /^::1?$|^::ffff:127\./.test(address);
}

/** Names that no machine ever has (RFC 6761, section 6.4): answered as resolvers must, and without asking one. */
function isNobodys(host: string): boolean {
  return host.endsWith('.invalid');
}

function notFound(host: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
}

function refused(host: string): Error {
  const message = `tests reach no address but this machine's, and this one asked for ${host}`;
  if (log !== undefined) appendFileSync(log, `${host} (${process.argv.slice(1, 3).join(' ')})\n`);
  return Object.assign(new Error(message), { code: 'ECONNREFUSED' });
}

type Callback = (error: Error | null, ...found: unknown[]) => void;
type Lookup = (host: string, options: unknown, done: Callback) => void;

/** A look-up of the caller's own: what matters is where it leads. */
function checked(lookup: Lookup): Lookup {
  return (host, options, done) =>
    lookup(host, options, (error, found, ...rest) => {
      const addresses = (Array.isArray(found) ? found : [found]).map((each: string | dns.LookupAddress | undefined) =>
        typeof each === 'object' ? each.address : (each ?? ''),
      );
      const stranger = error === null ? addresses.find((address) => !isOwn(address)) : undefined;
      if (stranger === undefined) done(error, found, ...rest);
      else done(refused(stranger));
    });
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
  // Node's own callers hand over [options, callback] as one argument.
  const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as unknown[];
  const isObject = typeof first === 'object' && first !== null;
  const options = (isObject ? first : {}) as { host?: string; path?: string; lookup?: Lookup };
  const host = isObject ? options.host : typeof second === 'string' ? second : undefined;
  if (host === undefined || options.path !== undefined || isOwn(host)) return Reflect.apply(connect, this, given);
  if (options.lookup === undefined || net.isIP(host) !== 0) return this.destroy(refused(host));
  options.lookup = checked(options.lookup);
  return Reflect.apply(connect, this, given);
};

const { lookup } = dns;
const { lookup: lookupPromise } = dns.promises;
Object.assign(dns, {
  lookup: Object.assign((host: string, ...rest: unknown[]) => {
    if (isOwn(host) || net.isIP(host) !== 0) return Reflect.apply(lookup, dns, [host, ...rest]);
    const error = isNobodys(host) ? notFound(host) : refused(host);
    process.nextTick(() => (rest.at(-1) as Callback)(error));
    return {};
  }, lookup),
});
Object.assign(dns.promises, {
  async lookup(host: string, ...rest: unknown[]) {
    if (isOwn(host) || net.isIP(host) !== 0) return Reflect.apply(lookupPromise, dns.promises, [host, ...rest]);
    throw isNobodys(host) ? notFound(host) : refused(host);
  },
});
syncBuiltinESMExports();
