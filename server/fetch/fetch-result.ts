import { decodeText } from './charset.ts';
import type { FetchResult } from './fetcher.ts';
import type { FinalResponse } from './redirects.ts';

/** The last response of a fetch in the form that callers get; its text is decoded when asked for. */
export function toFetchResult({ request, response, redirects }: FinalResponse, elapsedMs: number): FetchResult {
  return {
    url: request.url.href,
    status: response.status,
    notModified: response.status === 304,
    headers: response.headers,
    body: response.body,
    redirects,
    elapsedMs,
    text: () => decodeText(response.body, response.headers['content-type'] ?? ''),
  };
}
