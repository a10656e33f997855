import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from '../../shared/api/problem.ts';

type Refusal = Required<Pick<Problem, 'status' | 'detail' | 'action'>>;

const MALFORMED: Refusal = {
  status: 400,
  detail: 'What was sent is no HTTP request.',
  action: 'Send it as HTTP/1.1 says (RFC 9112).',
};

/** By the codes of Node's HTTP parser and of its timeouts. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    detail: 'Address and headers of a request may have 16 KiB together.',
    action: 'Send less in the query, or fewer headers.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    detail: 'The request did not come to its end in time.',
    action: 'Send it again, in one go.',
  },
};

/**
 * Answers what Node refuses before any route sees it as the API answers everything else: by problem details. Node by itself
 * sends a status without a body.
 */
export function answerUnparsedRequests(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => answering.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = answering.get(socket);
    const isInAnswer = response?.headersSent === true && !response.writableFinished;
    // Of a TLS handshake that failed, and of a connection that is gone, nobody reads an answer.
    if (!/^(HPE|ERR_HTTP)_/.test(error.code ?? '') || !socket.writable || isInAnswer) return void socket.destroy(error);
    socket.end(messageOf(REFUSALS[error.code ?? ''] ?? MALFORMED));
  });
}

/** As it goes over the wire. */
function messageOf({ status, detail, action }: Refusal): string {
  const title = STATUS_CODES[status] ?? 'The request failed';
  const instance = `urn:request:${randomUUID()}`;
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, action, instance } satisfies Problem);
  return [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
