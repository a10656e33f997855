import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's own response to a request; undefined for an app that is called without a server. */
export function outgoingOf(c: Context): ServerResponse | undefined {
  return ((c.env ?? {}) as Partial<HttpBindings>).outgoing as ServerResponse | undefined;
}

/**
 * Gives every answer to a request a header, unless its route sets it itself: on Node's own response, which takes a tenth of
 * the time that the `Headers` of a `Response` take. Where there is none (an app that is called without a server), on these.
 */
export function headEveryAnswer(c: Context, name: string, value: string): void {
  const outgoing = outgoingOf(c);
  if (outgoing === undefined) c.header(name, value);
  else outgoing.setHeader(name, value);
}

/** Adds to what every answer to a request varies by (RFC 9110, 12.5.5). */
export function varyBy(c: Context, fields: string): void {
  const outgoing = outgoingOf(c);
  if (outgoing === undefined) {
    c.header('vary', fields, { append: true });
    return;
  }
  const before = outgoing.getHeader('vary');
  outgoing.setHeader('vary', before === undefined ? fields : `${before}, ${fields}`);
}
