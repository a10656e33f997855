import type { Context, MiddlewareHandler } from 'hono';

/** What is done before a handler and has nothing to do after it. An answer that it gives is the request's; what it throws too. */
export type Step = (c: Context) => undefined | Response | Promise<undefined | Response>;

/** Steps as one middleware: each of Hono's own is called through two promises, which take more time than most steps. */
export function inTurn(...steps: readonly Step[]): MiddlewareHandler {
  return async (c, next) => {
    for (const step of steps) {
      const taken = step(c);
      const answer = taken instanceof Promise ? await taken : taken;
      if (answer !== undefined) return answer;
    }
    return next();
  };
}
