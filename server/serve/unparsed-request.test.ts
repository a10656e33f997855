import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemSchema } from '../../shared/api/problem.ts';
import { listen, stopListening } from './listen.ts';

let port: number;
let close: () => Promise<void>;

beforeAll(async () => {
  const app = async (request: Request): Promise<Response> => new Response(await request.text());
  const { server, url } = await listen(app, { host: '127.0.0.1', port: 0, tls: null });
  port = Number(new URL(url).port);
  close = () => stopListening(server, 1000, () => {});
});
afterAll(() => close());

/** What comes back until the connection is closed. */
function exchange(message: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(message);
  return text(socket);
}

test.each([
  ['headers of more than 16 KiB', `GET / HTTP/1.1\r\nhost: x\r\nlong: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
  ['an address of more than 16 KiB', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['a method that does not exist', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', 400],
  [
    'two lengths (request smuggling)',
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    400,
  ],
])('%s is answered by problem details', async (_, message, status) => {
  const [head = '', body = ''] = (await exchange(message)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('application/problem+json');
  expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status });
});

test('what follows a good request on the same connection too', async () => {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [first] = await once(socket, 'data');
  expect(first).toMatch(/^HTTP\/1\.1 200 /);
  socket.write('hello\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
});
