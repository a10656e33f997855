import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { DemoShop } from './demo-shop.ts';
import { openShopCatalogue } from './shop-catalogue.ts';

const HOST = '127.0.0.1';
/** Requests remembered per shop: more than any test makes, and bounded for a server that runs for months. */
const MAX_LOGGED = 1_000;
const RETRY_AFTER_S = '1';
/** Delays and faults are for pages: a page without its pictures would look broken, not slow. */
const UNTROUBLED = /^\/robots\.txt$|\.(?:css|svg)(?:\?|$)/;

export interface LoggedRequest {
  /** Path and query. */
  path: string;
  userAgent: string | null;
  /** null: the connection was broken off. */
  status: number | null;
  /** Epoch milliseconds at which it came. */
  at: number;
}

export interface RunningShop {
  port: number;
  /** The latest requests, oldest first. */
  requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

/**
 * Serves one shop on loopback.
 * @param port 0 takes any free one. @throws EADDRINUSE when it is taken.
 */
export async function startShopServer(shop: DemoShop, port: number, now: () => Date): Promise<RunningShop> {
  const requests: LoggedRequest[] = [];
  let answer: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null = null;
  let nAnswers = 0;

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const logged: LoggedRequest = {
      path,
      userAgent: request.headers['user-agent'] ?? null,
      status: null,
      at: Date.now(),
    };
    requests.push(logged);
    if (requests.length > MAX_LOGGED) requests.shift();
    response.once('finish', () => {
      logged.status = response.statusCode;
    });
    if (!UNTROUBLED.test(path)) {
      if (shop.delayMs !== undefined) await sleep(shop.delayMs);
      nAnswers += 1;
      const fault = shop.faultAt?.(nAnswers) ?? null;
      if (fault === 'reset') return void request.socket.destroy();
      if (fault === 'unavailable') {
        response.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'retry-after': RETRY_AFTER_S });
        return void response.end('<!doctype html><title>503</title><h1>503 Service Unavailable</h1>');
      }
    }
    // The site is opened at its first request: eight assortments without visitors cost nothing.
    answer ??= getRequestListener(shop.openSite(openShopCatalogue(shop.profile), now).fetch, {
      overrideGlobalObjects: false,
    });
    await answer(request, response);
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
