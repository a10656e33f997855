/** DESIGN: a comparison is answered from the cache for ten minutes. */
export const FRESH_MS = 10 * 60_000;
/** A shop that failed is asked again this soon: long enough to leave it alone, short enough not to miss its return. */
export const FAILURE_FRESH_MS = 60_000;
/** After this, an old answer is worse than waiting for a new one. */
export const STALE_MS = 24 * 60 * 60_000;

/** Milliseconds since 1970; a test passes its own. */
export type Clock = () => number;
