import { LRUCache } from 'lru-cache';
import { FetchError } from '../fetch/fetch-error.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { ImageFiles } from './image-files.ts';
import { type ImageType, imageTypeOf } from './image-type.ts';

/** Product pictures have 20–500 KB; what is far above is no picture for a page. */
const MAX_IMAGE_BYTES = 4 * 1024 * 1024;

/** A page waits no longer for a picture, its turn at a host that is asked slowly included. */
const TIMEOUT_MS = 15_000;

/** A picture that could not be had is asked for again after so long. */
export const FAILURE_FRESH_MS = 10 * 60_000;
const MAX_FAILURES = 10_000;

export interface Image {
  type: ImageType;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Pictures of shops, fetched once through the guarded fetcher and kept in files. */
export class ImageProxy {
  readonly #fetcher: Fetcher;
  readonly #files: ImageFiles;
  readonly #onUnkept: (error: unknown) => void;
  readonly #underWay = new Map<string, Promise<Image | null>>();
  readonly #failed = new LRUCache<string, true>({ max: MAX_FAILURES, ttl: FAILURE_FRESH_MS });

  /** @param onUnkept called with the reason when a picture could not be read from or kept in its file; it is shown all the same. */
  constructor(parts: { fetcher: Fetcher; files: ImageFiles; onUnkept(error: unknown): void }) {
    this.#fetcher = parts.fetcher;
    this.#files = parts.files;
    this.#onUnkept = parts.onUnkept;
  }

  /** Null where the picture cannot be had: refused, gone, too large, or no picture at all. Simultaneous callers share one fetch. */
  async get(url: string): Promise<Image | null> {
    if (this.#failed.has(url)) return null;
    let image = this.#underWay.get(url);
    if (image === undefined) {
      image = this.#find(url).finally(() => this.#underWay.delete(url));
      this.#underWay.set(url, image);
    }
    return image;
  }

  async #find(url: string): Promise<Image | null> {
    const kept = await this.#orTell(this.#files.get(url));
    const image = asImage(kept ?? new Uint8Array()) ?? asImage(await this.#fetch(url));
    if (image === null) this.#failed.set(url, true);
    else if (kept === null) await this.#orTell(this.#files.set(url, image.bytes));
    return image;
  }

  async #fetch(url: string): Promise<Uint8Array> {
    try {
      const limits = { maxBytes: MAX_IMAGE_BYTES, timeoutMs: TIMEOUT_MS };
      return (await this.#fetcher.fetch(url, { purpose: 'image', ...limits })).body;
    } catch (error) {
      if (error instanceof FetchError) return new Uint8Array();
      throw error;
    }
  }

  async #orTell<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      this.#onUnkept(error);
      return null;
    }
  }
}

function asImage(bytes: Uint8Array): Image | null {
  const type = imageTypeOf(bytes);
  return type === null ? null : { type, bytes: new Uint8Array(bytes) };
}
