/**
 * For how long signs have stayed the same, as this process has itself seen it: by its monotonic clock, which no change of
 * the date moves, and only while it looked, so that a pause of the whole machine counts for little.
 */
export class SilenceWatch {
  readonly #maxGapMs: number;
  readonly #clock: () => number;
  #seen = new Map<string, { sign: string; silentMs: number }>();
  #lookedAt: number;

  /**
   * @param maxGapMs what the time between two looks counts at most.
   * @param clock in milliseconds, never going back.
   */
  constructor(maxGapMs: number, clock = () => performance.now()) {
    this.#maxGapMs = maxGapMs;
    this.#clock = clock;
    this.#lookedAt = clock();
  }

  /**
   * Looks once.
   * @param signs of all that are there now; what is not is forgotten.
   * @returns for how long each has shown the same sign.
   */
  look(signs: Iterable<readonly [id: string, sign: string]>): Map<string, number> {
    const now = this.#clock();
    const gapMs = Math.min(now - this.#lookedAt, this.#maxGapMs);
    this.#lookedAt = now;
    const before = this.#seen;
    this.#seen = new Map();
    for (const [id, sign] of signs) {
      const known = before.get(id);
      this.#seen.set(id, { sign, silentMs: known?.sign === sign ? known.silentMs + gapMs : 0 });
    }
    return new Map([...this.#seen].map(([id, { silentMs }]) => [id, silentMs]));
  }
}
