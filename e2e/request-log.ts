import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it left the browser, whichever of its pages and workers sent it. */
export interface LoggedRequest {
  method: string;
  path: string;
  /** All of it: address, headers, body. */
  text: string;
}

/** A server that hands each request on to Magpie and keeps what it held. Its own address is the app's origin. */
export async function startRequestLog(magpieUrl: string) {
  const requests: LoggedRequest[] = [];
  const { hostname, port } = new URL(magpieUrl);
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/', headers } = incoming;
    requests.push({ method, path, text: `${method} ${path}\n${JSON.stringify(headers)}\n${body}` });
    const onward = ask({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
