import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { ApiDocument } from '../../server/api/document/document.ts';
import { answerCheck } from '../../server/api/fuzzing/answer-check.ts';
import { type FuzzedRequest, requestsFor } from '../../server/api/fuzzing/requests.ts';
import type { CheckedServer } from './start-server.ts';

const N_AT_ONCE = 8;
/** Caches and compiled code are there after this share of the requests. */
const WARM_UP_SHARE = 0.3;
/** What the rest may add to the heap: the store's caches, and what a collection leaves by chance. */
const MAX_GROWTH_BYTES = 24 * 1024 * 1024;

/** Sends requests made from the server's document. @returns what went wrong, one sentence each. */
export async function fuzz({ url, token }: CheckedServer, nRequests: number): Promise<string[]> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
  const check = answerCheck(document);
  const seed = Date.now();
  const requests = fc.sample(requestsFor(document), { numRuns: nRequests, seed }).values();
  const failures = new Map<string, string>();
  const statuses = new Map<number, number>();
  let nSent = 0;
  let warmBytes: number | null = null;

  const send = async ({ operation, method, path, headers, body }: FuzzedRequest): Promise<void> => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(body !== undefined && { body }),
    });
    const { status } = response;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const contentType = response.headers.get('content-type');
    const failure = check({ operation, status, contentType, body: await response.text() });
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
