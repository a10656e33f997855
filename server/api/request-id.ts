import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import { headEveryAnswer } from './every-answer.ts';

declare module 'hono' {
  interface ContextVariableMap extends RequestIdVariables {}
}

const HEADER = 'x-request-id';
/** An id that a proxy gave is kept where it is one: it goes into logs and answers. */
const GIVEN_ID = /^[\w\-=]{1,255}$/;

/** Names a request in its answer and in the log. */
export function nameRequest(c: Context): void {
  const given = c.req.header(HEADER);
  const id = given !== undefined && GIVEN_ID.test(given) ? given : randomUUID();
  c.set('requestId', id);
  headEveryAnswer(c, HEADER, id);
}
