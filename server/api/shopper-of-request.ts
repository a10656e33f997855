import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { idSchema } from '../../shared/api/values.ts';
import { ProblemError, validationProblem } from './problem.ts';

const namesShopper = z.object({ user_id: idSchema() });

/** The shopper that `user_id` in the query names. @throws ProblemError 400 where it names none */
export async function shopperInQuery(c: Context): Promise<string> {
  const given = c.req.queries('user_id');
  return shopperIn({ user_id: given?.length === 1 ? given[0] : given });
}

/** The shopper that `user_id` in the JSON body names. @throws ProblemError 400 where it names none */
export async function shopperInBody(c: Context): Promise<string> {
  return shopperIn(await jsonOf(c));
}

function shopperIn(request: unknown): string {
  return usable(namesShopper, request).user_id;
}

/** What a request holds, before the validator of its route reads it. @throws ProblemError 400, as the validator does */
export function usable<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new ProblemError(validationProblem(parsed.error));
  return parsed.data;
}

/** The body as Hono's validator reads it: empty where it is not called JSON. @throws HTTPException 400 where it is none */
export async function jsonOf(c: Context): Promise<unknown> {
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return {};
  try {
    return await c.req.json();
  } catch {
    throw new HTTPException(400, { message: 'Malformed JSON in request body' });
  }
}
