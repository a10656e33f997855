import { createHmac, timingSafeEqual } from 'node:crypto';

/** Path of the route that answers the links. */
export const REMOTE_IMAGE_PATH = '/images/remote';

/** 128 bits of the HMAC: too many to guess, and links stay short. */
const SIGNATURE_BYTES = 16;

/** Longer addresses are data or tracking, seldom pictures. */
const MAX_URL_LENGTH = 2048;

/**
 * Links to pictures of shops on our own origin, the only ones that a cross-origin isolated page shows. Each is signed,
 * so that the proxy fetches only what this server itself has linked to.
 */
export class ImageLinks {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /**
   * @param image an absolute URL, or a path on our own origin, which stays as it is.
   * @returns a path on our own origin; null where there is no picture, or no web address of one.
   */
  pathTo(image: string | null): string | null {
    if (image === null || /^\/(?!\/)/.test(image)) return image;
    if (!/^https?:\/\//i.test(image) || image.length > MAX_URL_LENGTH) return null;
    return `${REMOTE_IMAGE_PATH}?url=${encodeURIComponent(image)}&sig=${this.#sign(image).toString('base64url')}`;
  }

  /** The same with its picture on our own origin. */
  linked<T extends { image: string | null }>(item: T): T {
    return { ...item, image: this.pathTo(item.image) };
  }

  /** Did this server, or another with its secret, make the link to this URL? */
  isOurs(url: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    return given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.#sign(url));
  }

  #sign(url: string): Buffer {
    return createHmac('sha256', this.#secret).update(`image\n${url}`).digest().subarray(0, SIGNATURE_BYTES);
  }
}
