import type { FetchOptions, FetchResult } from '../fetch/fetcher.ts';
import type { DeclaredPace } from './declaration-fields.ts';
import type { ShopContext } from './shop-adapter.ts';
import { UnreadablePageError } from './shop-error.ts';

/** A page of fifty products with their descriptions is 0.5 MB; no documented answer comes near this. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Asks a shop's documented API, at the pace that its operator declared.
 * @throws FetchError
 */
export function askApi(
  url: string,
  { pace }: DeclaredPace,
  context: ShopContext,
  options: Pick<FetchOptions, 'method' | 'body' | 'headers' | 'locale'> = {},
): Promise<FetchResult> {
  return context.fetcher.fetch(url, {
    purpose: 'api',
    accept: 'application/json',
    signal: context.signal,
    maxBytes: MAX_ANSWER_BYTES,
    ...(pace.min_delay_ms !== undefined && { minDelayMs: pace.min_delay_ms }),
    ...options,
  });
}

/**
 * @param api as it is named in the error.
 * @throws UnreadablePageError
 */
export function parseJson(answer: FetchResult, api: string): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    throw notUnderstood(api, 'the answer is not JSON', answer.url);
  }
}

export function notUnderstood(api: string, what: string, url: string): UnreadablePageError {
  return new UnreadablePageError('unreadable', `The ${api} could not be read: ${what}.`, url);
}
