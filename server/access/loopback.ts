const LOOPBACK_NAMES = new Set(['localhost', '[::1]']);

/** Whether a host name or address, as one listens on it or as a `Host` header has it, names this machine's loopback interface. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host.toLowerCase()) || isLoopbackAddress(host);
}

/** Whether an address is a loopback one: 127.0.0.0/8, ::1, and the former mapped into IPv6. */
export function isLoopbackAddress(address: string): boolean {
  return /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === '::1';
}
