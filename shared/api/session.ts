import { z } from 'zod';

/** `GET /session`: what the caller has proven to be. */
export const callerSchema = z
  .object({
    kind: z.enum(['operator', 'key', 'device', 'anonymous']),
    /** What a key or the operator may do; `admin` is everything. */
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Caller' });
