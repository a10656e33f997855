import type { ShopFailureReason } from '../../shared/api/comparison.ts';
import { extractOffer } from '../../shared/prices/page/extract-offer.ts';
import { visibleLine } from '../../shared/text/visible-text.ts';
import { FetchError, type FetchErrorReason } from '../fetch/fetch-error.ts';
import { UnreadablePageError } from '../shops/shop-error.ts';

/** Why a shop gave nothing, in the words of the API. */
export interface FailureReason {
  reason: ShopFailureReason;
  /** One sentence for people. */
  detail: string;
}

const BY_FETCH_REASON: Record<FetchErrorReason, ShopFailureReason> = {
  aborted: 'timeout',
  blocked_address: 'blocked_address',
  blocked_port: 'blocked_address',
  breaker_open: 'breaker_open',
  browser_missing: 'unreadable',
  connection: 'connection',
  credentials_in_url: 'blocked_address',
  decoding: 'unreadable',
  dns: 'connection',
  http_status: 'http_status',
  invalid_url: 'blocked_address',
  rate_limited: 'rate_limited',
  redirect_loop: 'redirects',
  rendering: 'unreadable',
  robots_disallowed: 'robots_disallowed',
  robots_unreachable: 'robots_disallowed',
  timeout: 'timeout',
  tls: 'connection',
  too_large: 'too_large',
  too_many_redirects: 'redirects',
  unsupported_scheme: 'blocked_address',
};

/** Names what went wrong while a shop was asked. An error that nothing foresaw is `internal`. */
export function failureReason(error: unknown): FailureReason {
  const message = visibleLine(messageOf(error));
  if (error instanceof UnreadablePageError) return { reason: error.reason, detail: message };
  if (error instanceof FetchError) return { reason: reasonOfFetch(error), detail: message };
  return { reason: 'internal', detail: `Reading the shop failed inside Magpie: ${message}` };
}

function reasonOfFetch(error: FetchError): ShopFailureReason {
  if (error.reason !== 'http_status') return BY_FETCH_REASON[error.reason];
  if (error.status === 429) return 'rate_limited';
  const refused = error.status === 403 || error.status === 503;
  if (refused && isBlockPage(error)) return 'blocked_by_shop';
  return 'http_status';
}

function isBlockPage({ responseText, url }: FetchError): boolean {
  return responseText !== null && extractOffer(responseText, url).kind === 'block';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
