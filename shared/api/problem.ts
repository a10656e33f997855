import { z } from 'zod';

/** RFC 9457 problem details. */
export const problemSchema = z
  .object({
    type: z.string().describe('`about:blank`: the status says the kind of problem (RFC 9457, 4.2.1).'),
    title: z.string().describe('What happened, for people.'),
    status: z.int().describe('The HTTP status, again.'),
    detail: z.string().optional().describe('What it was in this case.'),
    instance: z
      .string()
      .optional()
      .describe('The request, as `urn:request:ID`; the operator’s log knows it by this id.'),
    action: z.string().optional().describe('What the caller can do about it, in one sentence.'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('Name of the field, or path to it.'),
          message: z.string().describe('What is wrong with it.'),
        }),
      )
      .optional()
      .describe('The fields that cannot be used.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type Problem = z.infer<typeof problemSchema>;
