import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { answerProblem, ProblemError } from './problem.ts';

/** Answers what no route has: 405 where the path has other methods, else 404. */
export function nothingHere(app: OpenAPIHono): (c: Context) => Promise<Response> {
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) =>
      answerProblem(
        new ProblemError(
          {
            title: 'This method is not allowed here',
            status: 405,
            detail: `${c.req.path} answers ${methods.join(', ')}, not ${c.req.method}.`,
            action: 'See /docs for what each path does.',
          },
          { allow: methods.join(', ') },
        ),
        c,
      ),
  });
  return async (c) => {
    await refuseMethod(c, async () => {
      c.res = notFound(c);
    });
    return c.res;
  };
}

function notFound(c: Context): Response {
  const problem = new ProblemError({
    title: 'There is nothing here',
    status: 404,
    detail: `${c.req.method} ${c.req.path} is not part of the API.`,
    action: 'See /docs for what there is.',
  });
  return answerProblem(problem, c);
}
