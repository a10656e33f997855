/** Submissions under way at a time, at most: enough that the fastest GPU never waits for the host. */
const MAX_SUBMISSIONS = 8;
/** And at least: one computes while the next is prepared. */
const MIN_SUBMISSIONS = 2;
/** How long a submission may wait for those before it and compute, ms: about as long as a page may keep a person waiting. */
const MAX_LATENCY_MS = 50;

/**
 * The amount of work under way on a GPU that others use too: a slow one gets little at a time, so that it can draw the
 * screen in between and stops soon when asked; a fast one gets more, because otherwise it would wait for the host.
 */
export class Backlog {
  #limit = MIN_SUBMISSIONS;

  /** Submissions that may be under way. */
  get limit(): number {
    return this.#limit;
  }

  /** Called for each submission with the time it took, its waiting included. */
  finished(latencyMs: number): void {
    const isSlow = latencyMs > MAX_LATENCY_MS;
    this.#limit = isSlow ? Math.max(MIN_SUBMISSIONS, this.#limit - 1) : Math.min(MAX_SUBMISSIONS, this.#limit + 1);
  }
}
