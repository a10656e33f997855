import { address } from '../../shared/api-client/src/address.ts';
import type { PathWith } from '../../shared/api-client/src/operations.ts';
import { ApiError } from './http.ts';

/** One message of `GET /jobs/{id}/events`; `completed`, `failed` and `cancelled` are the last. */
export interface JobEvent {
  type: string;
  data: unknown;
}

const EVENTS = '/jobs/{id}/events' satisfies PathWith<'get'>;
const FINAL = new Set(['completed', 'failed', 'cancelled']);

/** A comparison takes at most 8 s and some time in the queue. A stream that is silent for longer is lost. */
const SILENCE_MS = 45_000;

function lost(): ApiError {
  return new ApiError({
    kind: 'unreachable',
    title: 'The connection was lost',
    detail: 'Not every answer has arrived.',
    action: 'Try again; what the shops have said meanwhile is kept on the server.',
  });
}

/**
 * Yields the events of a job from its first on, each time those that arrived since the last. EventSource reconnects by
 * itself and resumes after the last event seen.
 *
 * @param types event names to listen to besides the final ones
 * @throws ApiError when the stream is refused or silent for too long; the signal's reason when it aborts
 */
export async function* jobEvents(
  jobId: string,
  types: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<JobEvent[]> {
  const arrived: JobEvent[] = [];
  let failure: unknown = null;
  let wake = Promise.withResolvers<void>();
  const fail = (reason: unknown) => {
    failure = reason;
    wake.resolve();
  };

  const source = new EventSource(address(EVENTS, { path: { id: jobId } }));
  for (const type of [...FINAL, ...types]) {
    source.addEventListener(type, (message: MessageEvent<string>) => {
      arrived.push({ type, data: JSON.parse(message.data) });
      wake.resolve();
    });
  }
  // EventSource reports errors while it reconnects, too. Only a closed one has given up.
  source.addEventListener('error', () => source.readyState === EventSource.CLOSED && fail(lost()));
  const onAbort = () => fail(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    for (;;) {
      const silence = setTimeout(() => fail(lost()), SILENCE_MS);
      await wake.promise;
      clearTimeout(silence);
      wake = Promise.withResolvers<void>();
      const events = arrived.splice(0);
      if (events.length > 0) yield events;
      if (events.some(({ type }) => FINAL.has(type))) return;
      if (failure !== null) throw failure;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    source.close();
  }
}
