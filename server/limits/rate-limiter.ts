/** How much a client may take within a window. */
export interface Allowance {
  /** Each name is counted by itself. */
  name: string;
  points: number;
  /** The window begins with the first that is taken, and ends with everything given back. */
  windowS: number;
}

/** Counts what clients take. Adapters: `memory` (of this process) and `redis` (of all processes that share it). */
export interface RateLimiter {
  /**
   * Takes some of a client's allowance. What is asked for beyond it counts too, so that asking on does not help.
   * @throws LimitReachedError where it does not suffice.
   */
  take(allowance: Allowance, client: string, cost?: number): Promise<void>;
  close(): Promise<void>;
}

/** A client has had what it may have for now. */
export class LimitReachedError extends Error {
  override readonly name = 'LimitReachedError';
  readonly allowance: Allowance;
  /** When the client may ask again, from 1. */
  readonly retryAfterS: number;

  constructor(allowance: Allowance, waitMs: number) {
    const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000));
    super(`the limit on ${allowance.name} is reached: ${allowance.points} in ${allowance.windowS} s`);
    this.allowance = allowance;
    this.retryAfterS = retryAfterS;
  }
}
