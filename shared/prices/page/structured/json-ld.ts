import { isJsonObject, type Json, type JsonObject, parseLenientJson } from '../scripts/lenient-json.ts';
import { scanJsonLdBlocks } from './json-ld-blocks.ts';

/** More JSON-LD than this on one page is data that no product page means; the rest is left unread. */
const MAX_BLOCKS = 100;

/**
 * The JSON-LD objects of a page, one per root value, lists opened, as written (contexts are not expanded).
 * Malformed blocks yield what can be read of them. Needs no DOM.
 */
export function readJsonLd(html: string): JsonObject[] {
  const objects: JsonObject[] = [];
  for (const block of scanJsonLdBlocks(html).slice(0, MAX_BLOCKS)) {
    for (const root of parseLenientJson(html.slice(block.start, block.end))) {
      objects.push(...objectsOf(root));
    }
  }
  return objects;
}

function objectsOf(root: Json): JsonObject[] {
  if (Array.isArray(root)) return root.flatMap(objectsOf);
  return isJsonObject(root) ? [root] : [];
}
