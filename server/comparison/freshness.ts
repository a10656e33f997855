/** A shop's answer is used again for ten minutes, and a comparison until the first of its shops' answers runs out. */
export const FRESH_MS = 10 * 60_000;
/** A shop that failed is asked again after this: long enough to leave it alone, short enough not to miss its return. */
export const FAILURE_FRESH_MS = 60_000;
/** An answer older than this is not shown while a new one is made: the caller waits. */
export const STALE_MS = 24 * 60 * 60_000;

/** Milliseconds since 1970; a test passes its own. */
export type Clock = () => number;
