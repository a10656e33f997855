/** What a request needs of its queue's slot. */
export interface SlotRequest {
  /** Least time since the start of the last request. */
  minDelayMs: number;
  /** After this time the slot is free again by itself: the process that held it has died. */
  leaseMs: number;
}

/** What a request has shown of its host. */
export interface PaceObservation {
  /** Until the headers came; for a failed request, as long as it took. */
  latencyMs: number;
  /** How long before the release the request left; null where it is not known: then it left when the slot was taken. */
  sentAgoMs: number | null;
  /** A failure never makes the pace faster. */
  succeeded: boolean;
  /** `Retry-After`: the queue sends nothing before that. */
  retryAfterMs: number;
}

export type SlotAnswer = { token: string } | { waitMs: number };

/**
 * The slots of all queues (a queue holds the requests of one kind to one host): one request at a time, and a pause between
 * starts that follows the host's latency.
 * Adapters: memory for one process, Redis for several.
 *
 * The pause is Scrapy's AutoThrottle with a target concurrency of 1: the mean of the last pause and the last latency,
 * not below the latency itself, nor below `minDelayMs`.
 */
export interface PaceLedger {
  /** Takes the queue's slot, or says how long to wait before asking again. */
  take(queue: string, request: SlotRequest): Promise<SlotAnswer>;
  /** Gives the slot back. A token whose lease has run out is ignored. */
  release(queue: string, token: string, observation: PaceObservation): Promise<void>;
}

/** Scrapy's AUTOTHROTTLE_MAX_DELAY. */
export const MAX_LEARNED_DELAY_MS = 60_000;

/** A `Retry-After` beyond this is no reason to forget a shop for days. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/** How often to ask again while another request holds the slot. */
export const CONTENDED_POLL_MS = 25;

/** What is known of a queue that has sent nothing is dropped after this time: longer than any pause that it may ask for. */
export const FORGET_AFTER_MS = 2 * MAX_RETRY_AFTER_MS;
