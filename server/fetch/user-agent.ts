import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The name that a robots.txt addresses us by (RFC 9309, 2.2.1). */
export const PRODUCT_TOKEN = 'MagpieBot';

/**
 * The name that every request carries: always the same, never a browser's.
 * @param contact URL or mail address where a shop's operator reaches this server's operator; null: none is given.
 * @throws when it does not fit into a header.
 */
export function userAgent(contact: string | null): string {
  if (contact !== null && !/^[\x20-\x7e]+$/.test(contact)) {
    throw new Error(
      `the contact "${contact}" cannot stand in a User-Agent header: give a URL or a mail address in ASCII`,
    );
  }
  const about = contact === null ? 'price comparison' : `price comparison; +${contact}`;
  return `${PRODUCT_TOKEN}/${version()} (${about})`;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}
