/** Types that a picture of a shop may have. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/svg+xml';

/** An SVG's prolog, comments and doctype come before its root; it is not looked for further in. */
const SVG_HEAD_BYTES = 4096;

/**
 * What the bytes are, whatever the shop says of them: by their signatures (WHATWG MIME Sniffing, 6.1; AVIF by the brand
 * of its `ftyp` box, ISO 14496-12, 4.3), and an SVG by its root element. Null for everything else, HTML included.
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 14) === 'WEBPVP') return 'image/webp';
  if (ascii(4, 8) === 'ftyp' && /avi[fs]/.test(ascii(8, 32))) return 'image/avif';
  return isPlainSvg(bytes) ? 'image/svg+xml' : null;
}

/** An SVG that declares entities is none: a few lines of them expand to gigabytes. */
function isPlainSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD_BYTES));
  const root = head.replace(/^\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!doctype svg[^[>]*>)\s*)*/is, '');
  return /^<svg[\s>]/.test(root);
}
