/**
 * The service worker sets this header (ISO 8601 instant) on what it keeps. An answer that carries it came from the
 * device, not from the server, and the page says how old it is.
 */
export const SAVED_AT_HEADER = 'x-magpie-saved-at';
