import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from './problem.ts';
import type { Step } from './steps.ts';

/** A batch of 500 events is about 150 kB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Refuses bodies that are too large. To look for one makes a whole `Request` (28 µs): not done for methods that have none. */
export function limitBody(): Step {
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      // The rest of the body is not read, so the connection serves no other request.
      throw new ProblemError(
        {
          title: 'The body is too large',
          status: 413,
          detail: `A request body may have ${MAX_BODY_BYTES} bytes.`,
          action: 'Send it in smaller batches.',
        },
        { connection: 'close' },
      );
    },
  });
  return (c) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return undefined;
    return limit(c, async () => {}).then((refused) => refused ?? undefined);
  };
}
