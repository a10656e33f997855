import { LRUCache } from 'lru-cache';
import { orAborted } from '../../abortable.ts';
import { decompress } from '../../fetch/body.ts';
import type { Fetcher, FetchResult } from '../../fetch/fetcher.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { FeedDeclaration } from './feed-declaration.ts';
import { FeedIndex } from './feed-index.ts';
import { type FeedProduct, readFeedProduct } from './feed-product.ts';
import { feedRows } from './feed-rows.ts';

/** About 60,000 products with their descriptions, which are not kept. */
const MAX_FEED_BYTES = 64 * 1024 * 1024;
/** Longer than a comparison waits: the download goes on, and the next comparison finds the feed. */
const DOWNLOAD_TIMEOUT_MS = 120_000;
/** All feeds of a process together; the one that was searched longest ago goes first. */
const MAX_INDEXES_BYTES = 256 * 1024 * 1024;

interface Held {
  index: FeedIndex;
  checkedAtMs: number;
  etag: string | undefined;
  lastModified: string | undefined;
}

/** What a download is made with. */
interface Download {
  fetcher: Fetcher;
  /** BCP 47. */
  locale: string;
}

/**
 * The feeds that a process holds: each is downloaded once for all that wait, and again only when the server says that it
 * has changed (RFC 9110, 13.1).
 */
export class HeldFeeds {
  readonly #held = new LRUCache<string, Held>({
    maxSize: MAX_INDEXES_BYTES,
    sizeCalculation: ({ index }) => index.sizeBytes,
  });
  readonly #loading = new Map<string, Promise<Held>>();

  /**
   * The feed of a shop as it is now, at most `refresh_minutes` old.
   * @throws FetchError, UnreadablePageError, or the reason of the caller's signal
   */
  async current(declaration: FeedDeclaration, download: Download, signal: AbortSignal): Promise<FeedIndex> {
    signal.throwIfAborted();
    const { url, feed, currency, ship_to, refresh_minutes } = declaration;
    const address = new URL(feed, url).href;
    const key = JSON.stringify([address, url, currency, ship_to]);
    const known = this.#held.get(key);
    if (known && performance.now() - known.checkedAtMs < refresh_minutes * 60_000) return known.index;
    const loading =
      this.#loading.get(key) ?? this.#load(key, () => downloadFeed(address, declaration, download, known));
    return (await orAborted(loading, signal)).index;
  }

  #load(key: string, download: () => Promise<Held>): Promise<Held> {
    const loading = download()
      .then((fresh) => {
        this.#held.set(key, fresh);
        return fresh;
      })
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }
}

async function downloadFeed(
  address: string,
  declaration: FeedDeclaration,
  { fetcher, locale }: Download,
  known: Held | undefined,
): Promise<Held> {
  const answer = await fetcher.fetch(address, {
    purpose: 'feed',
    locale,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    maxBytes: MAX_FEED_BYTES,
    ...(known?.etag !== undefined && { etag: known.etag }),
    ...(known?.lastModified !== undefined && { lastModified: known.lastModified }),
    ...(declaration.pace.min_delay_ms !== undefined && { minDelayMs: declaration.pace.min_delay_ms }),
  });
  const checkedAtMs = performance.now();
  if (answer.notModified && known !== undefined) return { ...known, checkedAtMs };
  const index = await FeedIndex.of(products(answer, declaration));
  return { index, checkedAtMs, etag: answer.headers['etag'], lastModified: answer.headers['last-modified'] };
}

async function* products(answer: FetchResult, declaration: FeedDeclaration): AsyncGenerator<FeedProduct> {
  let nRows = 0;
  let nProducts = 0;
  for await (const row of feedRows(await unpacked(answer), answer.headers['content-type'] ?? '')) {
    nRows += 1;
    const product = readFeedProduct(row, declaration);
    if (product === null) continue;
    nProducts += 1;
    yield product;
  }
  if (nRows === 0) throw unreadable('it is neither a Google merchant feed in XML nor a table with a header', answer);
  if (nProducts === 0) {
    const what = `none of its ${nRows} products has a title, a link, and a price with a currency (or "currency" here)`;
    throw unreadable(what, answer);
  }
}

/** The bytes of a gzipped file (`feed.xml.gz`), which is no encoding of the transfer. */
async function unpacked(answer: FetchResult): Promise<Uint8Array> {
  const { body } = answer;
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return await decompress(Buffer.from(body.buffer, body.byteOffset, body.byteLength), 'gzip', MAX_FEED_BYTES);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), answer);
  }
}

function unreadable(what: string, { url }: FetchResult): UnreadablePageError {
  return new UnreadablePageError('unreadable', `The feed could not be read: ${what}.`, url);
}
