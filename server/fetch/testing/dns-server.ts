import { createSocket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import type { LookupFunction } from 'node:net';

/** A DNS server on loopback whose answers a test decides, query by query. */
export interface DnsServer {
  /** Names that were asked for (A records), in order. */
  queries: string[];
  /** A lookup that asks this server for A records, to be given to whatever connects. */
  lookup: LookupFunction;
  close(): void;
}

/** @param answer IPv4 addresses for the n-th query (from 0) of a name; none means that the name does not exist. */
export async function startDnsServer(answer: (name: string, nth: number) => string[]): Promise<DnsServer> {
  const queries: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, sender) => {
    const { name, end } = readName(query);
    const nth = queries.filter((asked) => asked === name).length;
    queries.push(name);
    socket.send(encodeAnswer(query.subarray(0, end), answer(name, nth)), sender.port, sender.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');

  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolver.resolve4(hostname).then(
      (addresses) => {
        const found: LookupAddress[] = addresses.map((address) => ({ address, family: 4 }));
        if (options.all) callback(null, found);
        else callback(null, found[0]?.address ?? '', 4);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
  return { queries, lookup, close: () => socket.close() };
}

/** The question's name and where the question ends (RFC 1035, 4.1.2): labels, a zero, type and class. */
function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let offset = 12;
  for (let length = message.readUInt8(offset); length > 0; length = message.readUInt8(offset)) {
    labels.push(message.toString('ascii', offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: offset + 5 };
}

/** The question repeated, with one A record of TTL 0 per address (RFC 1035, 4.1.3). */
function encodeAnswer(question: Buffer, addresses: string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(addresses.length === 0 ? 0x8183 : 0x8180, 2); // NXDOMAIN, or no error
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const records = addresses.map((address) => {
    const pointerToName = [0xc0, 12];
    const typeClassTtlLength = [0, 1, 0, 1, 0, 0, 0, 0, 0, 4];
    return Buffer.from([...pointerToName, ...typeClassTtlLength, ...address.split('.').map(Number)]);
  });
  return Buffer.concat([header, ...records]);
}
