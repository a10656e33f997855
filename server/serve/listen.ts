import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { OperatorError } from '../operator-error.ts';
import { answerUnparsedRequests } from './unparsed-request.ts';

type FetchApp = (request: Request) => Response | Promise<Response>;

export interface TlsFiles {
  certPath: string;
  keyPath: string;
}

/**
 * Serves an app over HTTP, or HTTPS where there is a certificate.
 * @returns the server and the address that people open.
 * @throws OperatorError when the port is in use, may not be taken, or the certificate cannot be read.
 */
export async function listen(
  app: FetchApp,
  { host, port, tls }: { host: string; port: number; tls: TlsFiles | null },
): Promise<{ server: Server; url: string }> {
  const listener = getRequestListener(app, { hostname: host });
  const server = tls === null ? createServer(listener) : createSecureServer(await readTls(tls), listener);
  answerUnparsedRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    server,
    url: `${tls === null ? 'http' : 'https'}://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${taken}`,
  };
}

/** @throws OperatorError when the port cannot be had: better before anything else has been started than after. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    probe.listen(port, host, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** A connection whose request has ended would be kept open for the client's next one: how soon it is closed instead. */
const CLOSE_IDLE_EVERY_MS = 50;

/** What the last answers may take to be sent, after the deadline. */
const LAST_ANSWERS_MS = 500;

/**
 * Stops taking connections and ends the idle ones at once. Requests that run may finish until the deadline.
 * @param giveUp called at the deadline where requests are left: it makes them end with an answer. Connections that are
 * still open half a second later are cut.
 */
export async function stopListening(server: Server, deadlineMs: number, giveUp: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  const deadline = setTimeout(giveUp, deadlineMs);
  const cut = setTimeout(() => server.closeAllConnections(), deadlineMs + LAST_ANSWERS_MS);
  await closed;
  clearInterval(closeIdle);
  clearTimeout(deadline);
  clearTimeout(cut);
}

async function readTls({ certPath, keyPath }: TlsFiles): Promise<{ cert: Buffer; key: Buffer }> {
  const read = (path: string): Promise<Buffer> =>
    readFile(path).catch((cause: Error) => {
      throw new OperatorError(`the certificate file ${path} cannot be read: ${cause.message}`, { cause });
    });
  return { cert: await read(certPath), key: await read(keyPath) };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new OperatorError(
      `port ${port} is in use by another program: stop it, or choose another port, such as PORT=${port + 100} npm start`,
    );
  }
  if (error.code === 'EACCES')
    return new OperatorError(`port ${port} needs more rights: choose one above 1023 with PORT`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new OperatorError(`this machine has no address ${host}: set HOST to one that it has, such as 127.0.0.1`);
  }
  return error;
}
