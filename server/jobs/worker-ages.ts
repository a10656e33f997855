import type { WorkerSign } from './job-queue.ts';

/**
 * When workers last showed themselves, by this process's date though their own dates and this one may jump: a sign that
 * is new since the last look is as old as that look at most, and then ages by the monotonic clock.
 */
export class WorkerAges {
  #seen = new Map<string, { signMs: number; shownAt: number }>();
  #lookedAt = performance.now();

  /** @param rows workers, with the date that each gave with its last sign. */
  look(rows: readonly { id: string; signMs: number }[]): WorkerSign[] {
    const [now, date] = [performance.now(), Date.now()];
    const sinceLookMs = now - this.#lookedAt;
    this.#lookedAt = now;
    const before = this.#seen;
    this.#seen = new Map();
    for (const { id, signMs } of rows) {
      const known = before.get(id);
      const toldAgeMs = Math.max(0, date - signMs);
      if (known === undefined) this.#seen.set(id, { signMs, shownAt: now - toldAgeMs });
      else if (known.signMs === signMs) this.#seen.set(id, known);
      else this.#seen.set(id, { signMs, shownAt: now - Math.min(toldAgeMs, sinceLookMs) });
    }
    return [...this.#seen].map(([id, { shownAt }]) => ({ id, seenAt: new Date(date - (now - shownAt)) }));
  }
}
