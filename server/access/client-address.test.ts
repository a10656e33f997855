import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressGroup, clientAddressReader } from './client-address.ts';

function requestFrom(peer: string, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  return request;
}

describe('the client’s address', () => {
  test.each([
    { why: 'the peer', trusted: [], peer: '203.0.113.5', forwardedFor: undefined, address: '203.0.113.5' },
    {
      why: 'what a client writes itself is not believed',
      trusted: [],
      peer: '203.0.113.5',
      forwardedFor: '10.1.1.1',
      address: '203.0.113.5',
    },
    {
      why: 'a trusted proxy says',
      trusted: ['10.0.0.0/8'],
      peer: '10.0.0.2',
      forwardedFor: '198.51.100.7',
      address: '198.51.100.7',
    },
    {
      why: 'from the right, as far as it is trusted',
      trusted: ['loopback'],
      peer: '127.0.0.1',
      forwardedFor: '1.1.1.1, 198.51.100.7',
      address: '198.51.100.7',
    },
    {
      why: 'through two trusted ones',
      trusted: ['loopback', '10.0.0.2'],
      peer: '127.0.0.1',
      forwardedFor: '198.51.100.7, 10.0.0.2',
      address: '198.51.100.7',
    },
    {
      why: 'a mapped peer',
      trusted: ['loopback'],
      peer: '::ffff:127.0.0.1',
      forwardedFor: '2001:db8::1',
      address: '2001:db8::1',
    },
  ])('$why', ({ trusted, peer, forwardedFor, address }) => {
    const headers = forwardedFor === undefined ? undefined : { 'x-forwarded-for': forwardedFor };
    const read = clientAddressReader(trusted)(requestFrom(peer, headers));
    expect(read).toEqual({ address, forwarded: forwardedFor !== undefined });
  });
});

describe('limits count by', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    // As some proxies (Azure's Application Gateway) write it.
    ['192.0.2.1:51234', '192.0.2.1'],
    ['[2001:db8:1:2:3:4:5:6]:51234', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2:3:4:5:6]', '2001:db8:1:2::/64'],
    ['', 'unknown'],
    ['not an address', 'unknown'],
  ])('%s: %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});
