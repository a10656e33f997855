import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { type Answered, answerCheck } from '../../server/api/testing/answer-check.ts';
import { type FuzzedRequest, requestsFor } from '../../server/api/testing/requests.ts';
import type { CheckedServer } from './start-server.ts';

const N_AT_ONCE = 8;
/** Beyond it a server may close the connection while the body is still being sent (RFC 9110, 15.5.14). */
const MAX_BODY_BYTES = 1024 * 1024;
/** Caches and compiled code are there after this share of the requests. */
const WARM_UP_SHARE = 0.3;
/** What the rest may add to the heap: the store's caches, and what a collection leaves by chance. */
const MAX_GROWTH_BYTES = 24 * 1024 * 1024;

/** Sends requests made from the server's document. @returns what went wrong, one sentence each. */
export async function fuzz(server: CheckedServer, nRequests: number): Promise<string[]> {
  const { url, token } = server;
  const document = await server.document();
  const check = answerCheck(document);
  const seed = Date.now();
  const requests = fc.sample(requestsFor(document), { numRuns: nRequests, seed }).values();
  const failures = new Map<string, string>();
  const statuses = new Map<number, number>();
  let nSent = 0;
  let warmBytes: number | null = null;

  const send = async ({ operation, method, path, headers, body }: FuzzedRequest): Promise<void> => {
    const isTooLarge = body !== undefined && body.length > MAX_BODY_BYTES;
    const answered = await answerTo(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(body !== undefined && { body }),
    }).catch((error: unknown) => {
      if (isTooLarge) return null;
      throw new Error(`${operation} broke the connection`, { cause: error });
    });
    if (answered === null) return;
    statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1);
    const failure = check({ operation, ...answered });
    const { status } = answered;
    if (failure !== null) failures.set(`${operation} ${status}`, failure.slice(0, 500));
  };
  const work = async (): Promise<void> => {
    for (const request of requests) {
      await send(request);
      nSent++;
      if (warmBytes === null && nSent >= WARM_UP_SHARE * nRequests) warmBytes = heapBytes();
    }
  };
  await Promise.all(Array.from({ length: N_AT_ONCE }, work));

  const growthBytes = heapBytes() - (warmBytes ?? 0);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${n} × ${status}`);
  console.log(
    `${nSent} fuzzed requests (seed ${seed}): ${counts.join(', ')}; heap ${megabytes(growthBytes)} MB since warm`,
  );
  return [
    ...failures.values(),
    ...(growthBytes > MAX_GROWTH_BYTES ? [`the heap has grown by ${megabytes(growthBytes)} MB`] : []),
  ];
}

async function answerTo(url: string, init: RequestInit): Promise<Omit<Answered, 'operation'>> {
  const response = await fetch(url, init);
  const { status, headers } = response;
  return { status, contentType: headers.get('content-type'), body: await response.text() };
}

/** After a full collection: the server runs in this process. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
