import { randomInt } from 'node:crypto';

/** Crockford's Base32: no I, L, O, U, so that no two signs are taken for each other. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

/** 40 random bits, of use for ten minutes and counted against the budget of refused credentials. */
export const LINK_CODE_SIGNS = 8;
/** 100 random bits: it does not expire. */
export const RECOVERY_CODE_SIGNS = 20;
export const LINK_CODE_LIFETIME_MS = 10 * 60_000;

/** A new code as people read it: `K7QM-4TXP`. */
export function newLinkCode(nSigns: number): string {
  const signs = Array.from({ length: nSigns }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return signs.replaceAll(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

/** A code as it was typed, without what typing adds: case, spaces and hyphens, and the letters that look like digits. */
export function normaliseLinkCode(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}
