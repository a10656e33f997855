import type { FetchResult } from '../../fetch/fetcher.ts';
import { feedRows } from '../feed/feed-rows.ts';

/** The first product of a feed stands in its beginning. */
const HEAD_BYTES = 256 * 1024;
const GOOGLE_NAMESPACE = 'http://base.google.com/ns/1.0';

/** Where the shop of a feed lives, by its first product, and what that is called; null for what is no merchant feed. */
export async function seeFeed(answer: FetchResult): Promise<{ origin: string; title: string } | null> {
  const head = answer.body.subarray(0, HEAD_BYTES);
  const contentType = answer.headers['content-type'] ?? '';
  const text = new TextDecoder('latin1').decode(head);
  const isTable = /^[^<\n]*\btitle\b[^<\n]*\r?\n/i.test(text) && /\blink\b/i.test(text.split('\n', 1)[0] ?? '');
  if (!isTable && !text.includes(GOOGLE_NAMESPACE)) return null;
  for await (const { title, link } of feedRows(head, contentType)) {
    const page = URL.parse(link ?? '', answer.url);
    if (title && page !== null) return { origin: page.origin, title };
  }
  return null;
}
