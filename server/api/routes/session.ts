import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { callerSchema } from '../../../shared/api/session.ts';
import { textSchema } from '../../../shared/api/values.ts';
import { SESSION_COOKIE, SESSION_LIFETIME_MS } from '../../access/sign-in.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access } from '../route-access.ts';

const signInRoute = createRoute({
  method: 'get',
  path: '/session/sign-in',
  operationId: 'signIn',
  ...access({ class: 'public' }),
  tags: ['Operators'],
  summary: 'Sign the operator’s browser in by the link that the server printed',
  description: 'The code works once. It is swapped for a cookie, and the app is opened.',
  request: { query: z.object({ code: textSchema({ min: 1, max: 100 }).describe('The code of the link.') }) },
  responses: {
    303: {
      description: 'Signed in: to the app',
      headers: z.object({
        location: z.string().describe('The app.'),
        'set-cookie': z.string().describe('The session.'),
      }),
    },
    403: problemAnswer('The code is unknown, used or too old'),
  },
});

const sessionRoute = createRoute({
  method: 'get',
  path: '/session',
  operationId: 'getCaller',
  ...access({ class: 'public' }),
  tags: ['Operators'],
  summary: 'Who the server takes the caller for',
  responses: { 200: { description: 'The caller', ...jsonBody(callerSchema) } },
});

const signOutRoute = createRoute({
  method: 'delete',
  path: '/session',
  operationId: 'signOut',
  ...access({ class: 'public' }),
  tags: ['Operators'],
  summary: 'Sign this browser out',
  responses: { 204: { description: 'Signed out, or it never was signed in' } },
});

export function sessionRoutes(app: OpenAPIHono, { signIn }: ApiParts): void {
  app.openapi(signInRoute, async (c) => {
    const session = await signIn.redeem(c.req.valid('query').code);
    if (session === null) {
      c.set('accessRefused', 'sign-in code unknown, used or too old');
      throw new ProblemError({
        title: 'This link has been used, or is too old',
        status: 403,
        action: 'Start the server again for a new link, or send the operator’s token as "Authorization: Bearer …".',
      });
    }
    setCookie(c, SESSION_COOKIE, session, { ...cookieOf(c), maxAge: SESSION_LIFETIME_MS / 1000 });
    c.header('cache-control', 'no-store');
    return c.redirect('/', 303);
  });

  app.openapi(sessionRoute, (c) => {
    const caller = c.get('caller');
    const scopes = caller.kind === 'key' ? [...caller.scopes] : caller.kind === 'operator' ? ['admin'] : [];
    return c.json({ kind: caller.kind, scopes }, 200, { 'cache-control': 'private, no-store' });
  });

  app.openapi(signOutRoute, async (c) => {
    const session = getCookie(c, SESSION_COOKIE);
    if (session !== undefined) await signIn.signOut(session);
    deleteCookie(c, SESSION_COOKIE, cookieOf(c));
    return c.body(null, 204);
  });
}

function cookieOf(c: Context): { httpOnly: true; sameSite: 'Strict'; secure: boolean; path: '/' } {
  return { httpOnly: true, sameSite: 'Strict', secure: new URL(c.req.url).protocol === 'https:', path: '/' };
}
