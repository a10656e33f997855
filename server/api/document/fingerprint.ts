import { createHash } from 'node:crypto';
import type { ApiDocument } from './document.ts';

/** By which files that were made from a document know it again. The server's address is no part of it. */
export function fingerprint({ servers, ...document }: ApiDocument): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 16);
}
