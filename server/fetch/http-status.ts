import { STATUS_CODES } from 'node:http';
import { decodeText } from './charset.ts';
import { FetchError } from './fetch-error.ts';
import { redirectTarget } from './redirects.ts';
import { parseRetryAfter } from './retry.ts';
import type { HttpResponse } from './send-request.ts';

/** What a block page says of itself stands in its first lines. */
const ERROR_TEXT_CHARS = 64 * 1024;

/**
 * Everything but success, a redirect (which names where to) and a 304 that was asked for is an error.
 * @param isConditional the request carried `If-None-Match` or `If-Modified-Since`.
 * @throws FetchError `http_status`
 */
export function throwForStatus(url: URL, response: HttpResponse, isConditional: boolean): void {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return;
  if (status === 304 ? isConditional : redirectTarget(response) !== null) return;
  const name = STATUS_CODES[status];
  const retryAfterMs = status === 429 || status === 503 ? parseRetryAfter(headers['retry-after']) : null;
  const message = `${url.host} answered ${status}${name === undefined ? '' : ` (${name})`}.`;
  throw new FetchError('http_status', message, {
    url: url.href,
    status,
    responseText: decodeText(response.body, headers['content-type'] ?? '').slice(0, ERROR_TEXT_CHARS),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}
