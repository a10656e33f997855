import { isAscii, isUtf8 } from 'node:buffer';
import htmlEncodingSniffer from 'html-encoding-sniffer';

/**
 * A body as text. The charset is found as browsers do it (BOM, `Content-Type`, `<meta>` or XML declaration), with two
 * corrections where the bytes prove the label wrong: text that is valid UTF-8 and not mere ASCII is UTF-8 (Windows-1252
 * text practically never is by chance), and text that is labelled UTF-8 but is not falls back to what the page says of
 * itself, else to Windows-1252. Otherwise `€` becomes `â‚¬`, and the price loses its currency.
 * @param contentType the header's value, '' when there was none.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  return new TextDecoder(encodingOf(bytes, contentType)).decode(bytes);
}

/** What `decodeText` decodes by: a name of the WHATWG Encoding Standard that `TextDecoder` knows. */
export function encodingOf(bytes: Uint8Array, contentType: string): string {
  if (isUtf8(bytes) && !isAscii(bytes)) return 'utf-8'; // nearly every page; no UTF-16 text of note is valid UTF-8
  const header = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  const labelled = sniff(bytes, contentType, header);
  const encoding = labelled === 'UTF-8' && !isUtf8(bytes) ? sniff(bytes, contentType, undefined) : labelled;
  if (encoding === 'UTF-8' && !isUtf8(bytes)) return 'windows-1252';
  return encoding === 'replacement' ? 'utf-8' : encoding;
}

function sniff(bytes: Uint8Array, contentType: string, header: string | undefined): string {
  const label = header === undefined ? {} : { transportLayerEncodingLabel: header };
  if (/^\s*(text|application)\/([a-z.+-]*\+)?xml/i.test(contentType))
    return htmlEncodingSniffer(bytes, { xml: true, ...label });
  // RFC 8259, 8.1: JSON is UTF-8. Anything else without a label is read as an HTML page would be.
  const defaultEncoding = /json/i.test(contentType) ? 'UTF-8' : 'windows-1252';
  return htmlEncodingSniffer(bytes, { defaultEncoding, ...label });
}
