import type { ZodType } from 'zod';
import { problemSchema } from '../../shared/api/problem.ts';

/** The body of a JSON request or answer, for a route's declaration. */
export function jsonBody<T extends ZodType>(schema: T): { content: { 'application/json': { schema: T } } } {
  return { content: { 'application/json': { schema } } };
}

/** An error answer, for a route's declaration. */
export function problemAnswer(description: string): {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemSchema } };
} {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}
