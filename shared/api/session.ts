import { z } from 'zod';

/** `GET /session`: what the caller has proven to be. */
export const callerSchema = z
  .object({
    kind: z
      .enum(['operator', 'key', 'device', 'anonymous'])
      .describe('What the credential that was sent makes the caller.'),
    scopes: z.array(z.string()).describe('What a key or the operator may do; `admin` is everything.'),
  })
  .meta({ id: 'Caller', description: 'What the caller has proven to be.' });
